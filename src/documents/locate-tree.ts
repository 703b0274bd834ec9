import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Diagnostic } from '../foundation/diagnostic.ts';
import type { Located, LocatedEntry, LocatedScalar } from './located.ts';
import { exactNumber, foolingNumber } from './plain-scalar.ts';
import type { SpanLocator } from './span-locator.ts';
import { type YamlLibrary, yamlLibrary } from './yaml-library.ts';

/** Frames are shallow; a tree that everybody may walk by recursion must be so too. */
const deepestLevel = 200;
/** Language, section 2. Uses inside an aliased value count each time it is used. */
const mostAliasUses = 100;
/** Nodes that aliases may add, so that a hundred uses of a large value stay cheap to walk. */
const mostAliasedNodes = 100_000;
/** A tag stands right before its value, at most with an anchor between. */
const tagWindow = 200;

interface Walk {
  readonly yaml: YamlLibrary;
  readonly text: string;
  readonly locate: SpanLocator;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly anchors: Map<string, Anchored | 'open'>;
  nodes: number;
  aliasUses: number;
  aliasedNodes: number;
  refused: boolean;
}

/** A finished anchor: its value, and what one use of it costs. */
interface Anchored {
  readonly located: Located;
  readonly nodes: number;
  readonly aliasUses: number;
}

/** The library's tree as plain data. Undefined if it cannot be expanded; what is wrong has been reported. */
export function locateTree(
  root: Node,
  text: string,
  locate: SpanLocator,
  report: (diagnostic: Diagnostic) => void,
): Located | undefined {
  const walk: Walk = {
    yaml: yamlLibrary(),
    text,
    locate,
    report,
    anchors: new Map(),
    nodes: 0,
    aliasUses: 0,
    aliasedNodes: 0,
    refused: false,
  };
  const located = locateNode(root, walk, 0);
  return walk.refused ? undefined : located;
}

function locateNode(node: Node, walk: Walk, level: number): Located {
  walk.nodes += 1;
  if (level > deepestLevel)
    return refuse(walk, node, 'too-deep', `lists and maps are nested more than ${deepestLevel} deep`);
  const { yaml } = walk;
  if (yaml.isAlias(node)) return expandAlias(node, walk);
  refuseTag(node, walk);
  const anchor = yaml.isScalar(node) || yaml.isMap(node) || yaml.isSeq(node) ? node.anchor : undefined;
  if (anchor === undefined) return locateContent(node, walk, level);
  const before = { nodes: walk.nodes + walk.aliasedNodes, aliasUses: walk.aliasUses };
  walk.anchors.set(anchor, 'open');
  const located = locateContent(node, walk, level);
  const cost = {
    nodes: walk.nodes + walk.aliasedNodes - before.nodes + 1,
    aliasUses: walk.aliasUses - before.aliasUses,
  };
  walk.anchors.set(anchor, { located, ...cost });
  return located;
}

function locateContent(node: Node, walk: Walk, level: number): Located {
  if (walk.yaml.isMap(node)) return locateMap(node, walk, level);
  if (walk.yaml.isSeq(node)) return locateList(node, walk, level);
  return locateScalar(node as Scalar, walk);
}

function locateMap(node: YAMLMap, walk: Walk, level: number) {
  const entries: LocatedEntry[] = [];
  const seen = new Map<string, LocatedEntry>();
  for (const pair of node.items as Pair<Node | null, Node | null>[]) {
    const entry = locateEntry(pair, node.flow === true, walk, level);
    if (!entry) continue;
    const first = seen.get(entry.key);
    if (first) {
      const message = `the key ${JSON.stringify(entry.key)} stands twice in one map, first in line ${first.keySpan.line}`;
      report(walk, 'duplicate-key', message, entry.keySpan, 'remove one of them');
      continue;
    }
    seen.set(entry.key, entry);
    entries.push(entry);
  }
  return { type: 'map', span: spanOf(node, walk), entries } as const;
}

function locateEntry(
  pair: Pair<Node | null, Node | null>,
  flow: boolean,
  walk: Walk,
  level: number,
): LocatedEntry | undefined {
  const keyNode = pair.key;
  const value = pair.value === null ? undefined : locateNode(pair.value, walk, level + 1);
  if (!walk.yaml.isScalar(keyNode)) {
    const span = keyNode ? spanOf(keyNode, walk) : (value?.span ?? walk.locate(0, 0));
    report(
      walk,
      'key-not-text',
      'a key is text, but this one is a list, a map or an alias',
      span,
      'write the key as text',
    );
    return undefined;
  }
  const key = locateKey(keyNode, walk);
  if (key === undefined) return undefined;
  const keySpan = spanOf(keyNode, walk);
  if (value === undefined || (flow && isEmptyScalar(pair.value, walk))) {
    const message = `the key ${JSON.stringify(key)} has no value`;
    report(
      walk,
      'key-without-value',
      message,
      keySpan,
      'write key: value; text that contains a comma needs quotes; for no value write null',
    );
  }
  return { key, keySpan, value: value ?? { type: 'scalar', span: keySpan, value: null, quoted: false } };
}

function locateKey(node: Scalar, walk: Walk): string | undefined {
  refuseTag(node, walk);
  if (typeof node.value !== 'string') {
    const written = node.source ?? '';
    const message = written === '' ? 'a key is missing before the colon' : `a key is text, but ${written} is not`;
    report(
      walk,
      'key-not-text',
      message,
      spanOf(node, walk),
      written === '' ? undefined : `put it in quotes: "${written}"`,
    );
    return undefined;
  }
  if (node.value === '<<' && node.type === walk.yaml.Scalar.PLAIN) {
    report(
      walk,
      'merge-key',
      'merge keys are not allowed',
      spanOf(node, walk),
      'write the members out, or put them into vars',
    );
    return undefined;
  }
  return node.value;
}

function locateList(node: YAMLSeq, walk: Walk, level: number) {
  const elements = (node.items as Node[]).map(element => locateNode(element, walk, level + 1));
  return { type: 'list', span: spanOf(node, walk), elements } as const;
}

function locateScalar(node: Scalar, walk: Walk): LocatedScalar {
  const span = spanOf(node, walk);
  const quoted = node.type !== undefined && node.type !== walk.yaml.Scalar.PLAIN;
  const value = node.value;
  if (typeof value === 'number') {
    const source = node.source ?? String(value);
    const fooling = foolingNumber(source);
    if (fooling !== undefined) {
      const plainly = Number.isSafeInteger(value) && !Object.is(value, -0) ? `, or write ${value}` : '';
      report(walk, 'fooling-number', fooling, span, `put it in quotes if it is text: "${source}"${plainly}`);
    }
    return { type: 'scalar', span, value: exactNumber(value, source), quoted };
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string')
    return { type: 'scalar', span, value, quoted };
  return { type: 'scalar', span, value: node.source ?? '', quoted };
}

function expandAlias(node: Alias, walk: Walk): Located {
  const name = node.source;
  const target = walk.anchors.get(name);
  if (target === undefined || target === 'open') {
    const problem =
      target === 'open'
        ? `the alias *${name} stands inside its own anchor`
        : `there is no anchor &${name} before this alias`;
    return refuse(walk, node, 'unknown-alias', problem, 'define it above, or put text that begins with * in quotes');
  }
  walk.aliasUses += 1 + target.aliasUses;
  walk.aliasedNodes += target.nodes;
  if (walk.aliasUses > mostAliasUses || walk.aliasedNodes > mostAliasedNodes) {
    const limits = `over ${mostAliasUses} uses of aliases, or over ${mostAliasedNodes} values by them`;
    return refuse(walk, node, 'alias-limit', limits, 'put what is repeated into vars, a fragment or forEach');
  }
  return { ...target.located, span: spanOf(node, walk) };
}

/** The first reason why a tree cannot be expanded is told, then the walk only ends. */
function refuse(walk: Walk, node: Node, code: string, message: string, suggestion?: string): Located {
  const span = spanOf(node, walk);
  if (!walk.refused || code === 'unknown-alias') report(walk, code, message, span, suggestion);
  walk.refused = true;
  return { type: 'scalar', span, value: null, quoted: false };
}

/** Unknown tags are errors of the library already; those that it knows (`!!str`) come here. */
function refuseTag(node: Node, walk: Walk): void {
  if (!('tag' in node) || node.tag === undefined || !node.range) return;
  const windowStart = Math.max(0, node.range[0] - tagWindow);
  const found = /(!\S*)(?:\s+&\S+)?\s*$/.exec(walk.text.slice(windowStart, node.range[0]));
  const start = found ? windowStart + found.index : node.range[0];
  const written = found?.[1] ?? '!';
  const span = walk.locate(start, start + written.length);
  report(walk, 'tag', 'tags are not allowed', span, 'remove it, or put text that begins with ! in quotes');
}

function report(walk: Walk, code: string, message: string, span: Diagnostic['span'], suggestion?: string): void {
  walk.report({ code, severity: 'error', message, span, ...(suggestion === undefined ? {} : { suggestion }) });
}

function isEmptyScalar(node: Node | null, { yaml }: Walk): boolean {
  return yaml.isScalar(node) && node.value === null && (node.source ?? '') === '';
}

/** The library's range of a block takes in the line break behind it; ours ends with its last visible character. */
function spanOf(node: Node, walk: Walk) {
  const [start, end] = node.range ?? [0, 0];
  let visibleEnd = end;
  while (visibleEnd > start && isBlank(walk.text.charCodeAt(visibleEnd - 1))) visibleEnd -= 1;
  return walk.locate(start, visibleEnd);
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
