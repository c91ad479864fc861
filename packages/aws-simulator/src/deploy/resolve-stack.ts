import { attributeOf, type DeploymentPlace, type NamedResource, refOf } from './physical-ids.ts';
import type { AssemblyStack } from './read-assembly.ts';
import type { ResolvedResource } from './template.ts';

export interface ResolvedStack {
  readonly name: string;
  readonly resources: readonly ResolvedResource[];
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Resolves all intrinsic functions of a stack. What it exports is added to `exports`.
 *
 * @throws Error for a function, a reference or an import that is not known
 */
export function resolveStack(
  { name, template }: AssemblyStack,
  place: DeploymentPlace,
  exports: Map<string, string>,
): ResolvedStack {
  const resolver = new Resolver({ name, template }, place, exports);
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties = {} }]) => ({
    stack: name,
    logicalId,
    type: Type,
    properties: resolver.resolve(Properties),
    ref: resolver.ref(logicalId),
  }));
  const outputs: Record<string, string> = {};
  for (const [key, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
    outputs[key] = String(resolver.resolve(Value));
    if (Export !== undefined) exports.set(String(resolver.resolve(Export.Name)), outputs[key]);
  }
  return { name, resources, outputs };
}

class Resolver {
  private readonly stack: AssemblyStack;
  private readonly place: DeploymentPlace;
  private readonly exports: ReadonlyMap<string, string>;

  constructor(stack: AssemblyStack, place: DeploymentPlace, exports: ReadonlyMap<string, string>) {
    this.stack = stack;
    this.place = place;
    this.exports = exports;
  }

  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape goes in and comes out.
  resolve(value: any): any {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item)).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [name, ...more] = Object.keys(value);
    if (name !== undefined && more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
      return this.call(name, value[name]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
  }

  ref(id: string): string {
    const { region, account } = this.place;
    switch (id) {
      case 'AWS::Region':
        return region;
      case 'AWS::AccountId':
        return account;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return this.stack.name;
      case 'AWS::StackId':
        return `arn:aws:cloudformation:${region}:${account}:stack/${this.stack.name}/simulated`;
      default:
        return refOf(this.named(id), this.place);
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: each function has its own shape.
  private call(name: string, argument: any): any {
    switch (name) {
      case 'Ref':
        return argument === 'AWS::NoValue' ? undefined : this.ref(argument);
      case 'Fn::GetAtt':
        return this.attribute(argument);
      case 'Fn::Join':
        return (this.resolve(argument[1]) as readonly unknown[]).join(argument[0]);
      case 'Fn::Sub':
        return this.substitute(argument);
      case 'Fn::Select':
        return this.resolve(argument[1])[Number(this.resolve(argument[0]))];
      case 'Fn::Split':
        return String(this.resolve(argument[1])).split(argument[0]);
      case 'Fn::ImportValue':
        return this.import(String(this.resolve(argument)));
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => this.place.region + zone);
      case 'Fn::Cidr':
        return Array.from({ length: Number(argument[1]) }, (_, i) => `10.0.${i}.0/24`);
      default:
        throw new Error(`The stack ${this.stack.name} uses ${name}, which the simulator does not resolve.`);
    }
  }

  private attribute(argument: string | readonly [string, string]): string {
    const [id, attribute] = typeof argument === 'string' ? (argument.split(/\.(.*)/s) as [string, string]) : argument;
    return attributeOf(this.named(id), attribute, this.place);
  }

  private substitute(argument: string | readonly [string, Readonly<Record<string, unknown>>]): string {
    const [text, values] = typeof argument === 'string' ? [argument, {}] : argument;
    return text.replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
      if (name in values) return String(this.resolve((values as Record<string, unknown>)[name]));
      return name.includes('.') ? this.attribute(name) : this.ref(name);
    });
  }

  private import(name: string): string {
    const value = this.exports.get(name);
    if (value === undefined) throw new Error(`The stack ${this.stack.name} imports ${name}, which no stack exports.`);
    return value;
  }

  private named(logicalId: string): NamedResource {
    const resource = this.stack.template.Resources[logicalId];
    if (resource === undefined)
      throw new Error(`The stack ${this.stack.name} refers to ${logicalId}, which it has not.`);
    const property = (name: string) => {
      const value = resource.Properties?.[name];
      return value === undefined ? undefined : String(this.resolve(value));
    };
    return { stack: this.stack.name, logicalId, type: resource.Type, property };
  }
}
