import { beforeAll, describe, expect, test } from '@jest/globals';
import { CANARY, findCanaries } from '../../packages/core/test/support/canary.ts';
import { resourcesOf, type Synthesized, synthesize } from '../src/testing/synthesized.ts';

/** Names under which a secret would stand in a template, if it stood there. */
const SECRET_NAME = /password|secret|token|credential|access_?key/i;
/** Names, switches and ARNs. */
const NO_SECRETS = [
  ...['manageAdminPassword', 'ManageAdminPassword', 'adminPasswordSecretArn', 'secretArn', 'clientToken'],
  // Around the password that Secrets Manager makes up.
  'SecretStringTemplate',
];

/** Every plain text of a template that stands under a name, with that name. */
function* namedTexts(value: unknown, name = ''): Generator<readonly [name: string, text: string]> {
  if (typeof value === 'string') yield [name, value];
  if (Array.isArray(value)) for (const item of value) yield* namedTexts(item, name);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* namedTexts(item, key);
}

describe('the templates', () => {
  let templates: Synthesized;
  beforeAll(() => {
    templates = synthesize({ email: CANARY.email });
  });

  test('hold the address that is told of runs where it subscribes, and nowhere else', () => {
    const { stateful, stateless } = templates;
    const [[, subscription]] = resourcesOf(stateful, 'AWS::SNS::Subscription') as [[string, { Properties: unknown }]];
    expect(subscription.Properties).toMatchObject({ Endpoint: CANARY.email });
    const found = findCanaries(JSON.stringify(stateful.toJSON(), null, 1));
    // The subscription is named after it.
    expect(found.filter((line) => !/^ *"(Endpoint|NoticesTopic\w+)": /.test(line))).toEqual([]);
    expect(findCanaries(JSON.stringify(stateless.toJSON(), null, 1))).toEqual([]);
  });

  test('hold no secret: programs are given the names of those that Redshift and Secrets Manager make up', () => {
    for (const template of Object.values(templates)) {
      const texts = [...namedTexts(template.toJSON())];
      const suspicious = texts.filter(([name]) => SECRET_NAME.test(name) && !NO_SECRETS.includes(name));
      const literal = suspicious.filter(([, text]) => !/^(arn:|AWS::|\w+\.\w+$)/.test(text));
      expect(literal).toEqual([]);
      expect(
        texts.filter(([, text]) => /AKIA[0-9A-Z]{16}|BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s/]+:[^\s/]+@/.test(text)),
      ).toEqual([]);
    }
    const [[, namespace]] = resourcesOf(templates.stateful, 'AWS::RedshiftServerless::Namespace') as [
      [string, { Properties: object }],
    ];
    expect(namespace.Properties).toMatchObject({ ManageAdminPassword: true });
    expect(namespace.Properties).not.toHaveProperty('AdminUserPassword');
    const [[, secret]] = resourcesOf(templates.stateful, 'AWS::SecretsManager::Secret');
    expect(secret.Properties).not.toHaveProperty('SecretString');
    expect(secret.Properties.GenerateSecretString.SecretStringTemplate).toBe('{"username":"weir_app"}');
  });

  test('give programs no environment but the configuration, which names places', () => {
    const functions = resourcesOf(templates.stateless, 'AWS::Lambda::Function');
    const environments = functions.map(([, { Properties }]) => Properties.Environment?.Variables ?? {});
    const ours = environments.filter((variables) => variables.WEIR_CONFIG !== undefined);
    expect(ours).toHaveLength(5);
    for (const variables of ours) {
      for (const name of Object.keys(variables))
        expect(name).toMatch(/^(WEIR_CONFIG|POWERTOOLS_\w+|NODE_OPTIONS|AWS_\w+|TZ)$/);
      const text = JSON.stringify(variables.WEIR_CONFIG);
      expect(text).toContain('secretArn');
      expect(text.replaceAll('adminPasswordSecretArn', '')).not.toMatch(/password/i);
    }
  });
});
