import { XMLParser } from 'fast-xml-parser';
import { escapeXml } from '../server/escape-xml.ts';
import { ServiceFault, type ServiceResponse } from '../server/service.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A piece of XML that needs no more escaping. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type XmlContent = string | number | boolean | Xml | readonly XmlContent[] | undefined;

/** Nothing at all where the content is undefined. */
export function element(name: string, content: XmlContent): Xml {
  return new Xml(content === undefined ? '' : `<${name}>${render(content)}</${name}>`);
}

export function xmlResponse(root: string, content: XmlContent, headers: Record<string, string> = {}): ServiceResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${render(content)}</${root}>`;
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

/**
 * The children of the root of a request's body. Elements named in `lists` come as arrays, all values as text.
 *
 * @throws ServiceFault `MalformedXML`
 */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what a client sent; who reads it checks what it takes.
export function parseXml(body: Buffer, root: string, lists: readonly string[]): any {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name) => lists.includes(name),
  });
  try {
    const parsed = parser.parse(body.toString('utf8'), true);
    if (parsed[root] === undefined) throw new Error(`no ${root}`);
    return parsed[root];
  } catch {
    throw new ServiceFault(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
}

function render(content: XmlContent): string {
  if (content === undefined) return '';
  if (content instanceof Xml) return content.text;
  if (Array.isArray(content)) return content.map(render).join('');
  return escapeXml(String(content));
}
