import type { Located } from '../documents/located.ts';
import { nearest } from '../documents/nearest.ts';
import { problem, type Report } from '../documents/shape.ts';
import type { Span } from '../foundation/span.ts';
import type { PackCode } from './pack-code.ts';
import type { PackSource } from './pack-shape.ts';
import { namesIn } from './template.ts';

/** What a shape cannot see: names in one part of `pack.yaml` that another part must have. */
export function checkPackNames(source: PackSource, code: PackCode, report: Report): void {
  checkTransports(source, code, report);
  checkProtobuf(source, code, report);
  checkSizes(source, report);
  checkSources(source, report);
  if (source.accounts) checkAccountTexts(source.accounts, report);
  else checkLeases(source, report);
  if (source.request) checkTemplate('request.make', source.request.make, ['n'], source.request.span, report);
}

function checkTransports(source: PackSource, code: PackCode, report: Report): void {
  const transports = source.transports.map(({ name }) => name.value);
  for (const { value } of source.actors ?? []) {
    if (value.transport !== undefined) expectName('transport', value.transport, transports, value.span, report);
  }
  for (const { value } of source.transports) {
    if (value.endpoint !== undefined) expectName('transport', value.endpoint, transports, value.span, report);
  }
  for (const { name, value } of source.transports) {
    if ((value.kind === 'longpoll') === (value.session !== undefined)) continue;
    const message =
      value.kind === 'longpoll'
        ? `the transport ${name.value} needs the key session: where the first answer names it`
        : `session is for transports of kind longpoll, ${name.value} is of kind ${value.kind}`;
    report(problem('wrong-session', message, name.span, 'write session: { at: /pointer, query: name }, there only'));
  }
  const codecs = ['json', 'text', 'protobuf', ...code.codecs.keys()];
  for (const { value } of source.transports) expectName('codec', value.codec ?? 'json', codecs, value.span, report);
}

function checkProtobuf(source: PackSource, { proto }: PackCode, report: Report): void {
  for (const { name, value } of source.transports) {
    if (value.codec !== 'protobuf' && value.kind !== 'grpc') continue;
    if (!source.protobuf) {
      const message = `the transport ${name.value} has protobuf messages, but the pack has no schema for them`;
      report(problem('proto-missing', message, value.span, 'add protobuf: { file: name.proto }'));
    } else if (proto && value.role === 'server') {
      const services = new Set([...proto.methods.keys()].map(path => path.slice(0, path.lastIndexOf('/'))));
      expectName('service', value.path ?? 'none', [...services], value.span, report);
    } else if (proto) expectName('method', value.path ?? 'none', [...proto.methods.keys()], value.span, report);
  }
  const messages = new Map([...(proto?.messages.values() ?? [])].map(message => [message.name, message]));
  for (const { name, value } of proto ? (source.protobuf?.fields ?? []) : []) {
    expectName('message', name.value, [...messages.keys()], name.span, report);
    const fields = messages.get(name.value)?.fields;
    for (const each of fields ? value : [])
      expectName('field', each.name.value, [...fields!.keys()], each.name.span, report);
  }
}

function checkSizes(source: PackSource, report: Report): void {
  const ofTransports = source.transports.map(({ value }) => ({
    receive: value.receive,
    limits: { ...source.limits, ...value.limits },
  }));
  for (const { receive, limits } of [{ receive: source.receive, limits: source.limits ?? {} }, ...ofTransports]) {
    const bytes = receive?.maxBytes;
    if (typeof bytes?.value !== 'string') continue;
    const limit = /^\$\(limits\.([\w-]+)\)$/.exec(bytes.value)?.[1];
    if (limit !== undefined) expectName('limit', limit, Object.keys(limits), bytes.span, report);
    else
      report(
        problem('reference-not-here', `expected a limit such as $(limits.frameBytes), came ${bytes.value}`, bytes.span),
      );
  }
}

function checkSources({ sources = [], configurations = [] }: PackSource, report: Report): void {
  const known = sources.map(({ name }) => name.value);
  for (const { value } of configurations)
    for (const { name } of value.sources ?? []) expectName('source', name.value, known, name.span, report);
}

function checkAccountTexts(node: Located, report: Report): void {
  if (node.type === 'list') for (const element of node.elements) checkAccountTexts(element, report);
  else if (node.type === 'map') for (const { value } of node.entries) checkAccountTexts(value, report);
  else if (typeof node.value === 'string') checkTemplate('accounts', node.value, ['n', 'unique'], node.span, report);
}

function checkLeases(source: PackSource, report: Report): void {
  for (const { name, value } of source.actors ?? []) {
    if (!value.account) continue;
    const message = `the actor ${name.value} leases an account, but the pack has no accounts`;
    report(problem('accounts-missing', message, value.span, 'add accounts: { user: u$(n)-$(unique) }'));
  }
}

function checkTemplate(where: string, text: string, known: readonly string[], span: Span, report: Report): void {
  for (const name of namesIn(text)) expectName(`name in ${where}`, name, known, span, report);
}

function expectName(what: string, name: string, known: readonly string[], span: Span, report: Report): void {
  if (known.includes(name)) return;
  const near = nearest(name, known);
  const suggestion = near === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean ${near}?`;
  report(
    problem(`unknown-${what.split(' ')[0]}`, `expected a ${what} that the pack has, came ${name}`, span, suggestion),
  );
}
