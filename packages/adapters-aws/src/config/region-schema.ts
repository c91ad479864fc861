import * as z from 'zod';

const REGION = 'must be a region such as "eu-central-1"';

export const regionSchema = z.string(REGION).regex(/^[a-z]{2}(-[a-z]+)+-\d$/, REGION);
