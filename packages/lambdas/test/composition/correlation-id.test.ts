import { expect, test } from '@jest/globals';
import { correlationIdOf } from '../../src/composition/correlation-id.ts';

test.each([
  ['an event of EventBridge', { id: 'f5f1e65c-dc3a-93ca-6c1e-b1647eac7963' }, 'f5f1e65c-dc3a-93ca-6c1e-b1647eac7963'],
  ['a request of CloudFormation', { RequestId: 'request-9' }, 'request-9'],
  ['a batch', { Records: [] }, undefined],
  ['an id that is none', { id: 'two\nlines' }, undefined],
  ['an id that is a number', { id: 7 }, undefined],
  ['nothing', null, undefined],
])('correlationIdOf reads the id of %s', (_, event, id) => {
  expect(correlationIdOf(event)).toBe(id);
});
