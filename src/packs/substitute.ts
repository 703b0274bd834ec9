import type { Located, LocatedScalar } from '../documents/located.ts';
import { nearest } from '../documents/nearest.ts';
import { problem, type Report } from '../documents/shape.ts';
import { hasSecret, secretReference } from './secrets.ts';

/** Where `$(env.X)` and `$(vars.X)` of a target file take their values. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the option `--var`. */
  readonly vars: Readonly<Record<string, string>>;
}

interface Walk extends Surroundings {
  readonly secrets: Map<string, string>;
  readonly report: Report;
  /** Sources have names of their own, given when a fact is fetched: they stay. */
  readonly keepNames: boolean;
  /** A whole `$(vars.n)` may be a number or a boolean. */
  readonly typed: boolean;
  /** The text is written into the log as it is. */
  readonly open: boolean;
}

/** What of a target file may hold secrets; everything else describes the target, and reports show it. */
const secretKeys: readonly string[] = ['endpoints', 'start', 'tls', 'accounts', 'sources', 'values'];
const typedKeys: readonly string[] = ['limits', 'capabilities'];

/** Puts values in place of references; a value from the environment becomes a secret, and its stable reference stands for it. */
export function substitute(
  root: Located,
  { env, vars }: Surroundings,
  secrets: Map<string, string>,
  report: Report,
): Located {
  if (root.type !== 'map') return root;
  const entries = root.entries.map(entry => {
    const { key, value } = entry;
    const walk: Walk = {
      env,
      vars,
      secrets,
      report,
      keepNames: key === 'sources',
      typed: typedKeys.includes(key),
      open: !secretKeys.includes(key),
    };
    return { ...entry, value: substituteNode(value, walk) };
  });
  return { ...root, entries };
}

function substituteNode(node: Located, walk: Walk): Located {
  if (node.type === 'list') return { ...node, elements: node.elements.map(element => substituteNode(element, walk)) };
  if (node.type === 'map')
    return { ...node, entries: node.entries.map(entry => ({ ...entry, value: substituteNode(entry.value, walk) })) };
  return typeof node.value === 'string' && node.value.includes('$') ? substituteText(node, node.value, walk) : node;
}

function substituteText(node: LocatedScalar, written: string, walk: Walk): LocatedScalar {
  const text = written.replace(/\$\$|\$\(([^()]*)\)/g, (reference, name: string | undefined) => {
    if (name === undefined) return walk.keepNames ? reference : '$';
    return replacementOf(name.trim(), reference, node, walk);
  });
  if (walk.open && hasSecret(text)) {
    const what = `expected a value that may be shown, came ${written}: what the environment gives is a secret`;
    walk.report(problem('secret-not-here', what, node.span, 'use $(vars.X) and --var X=…'));
  }
  const whole = walk.typed && /^\$\(vars\.[^()]*\)$/.test(written);
  return { ...node, value: whole ? scalarOf(text) : text };
}

function replacementOf(name: string, reference: string, node: LocatedScalar, walk: Walk): string {
  const [root, ...rest] = name.split('.');
  const key = rest.join('.');
  if (root === 'env') return secretOf(key, node, walk);
  if (root === 'vars') return variableOf(key, node, walk);
  if (walk.keepNames && rest.length === 0) return reference;
  const near = nearest(root!, ['env', 'vars']);
  const suggestion = near && key !== '' ? `did you mean $(${near}.${key})?` : 'for a plain $ write $$';
  walk.report(problem('unknown-name', `expected $(env.X) or $(vars.X), came ${reference}`, node.span, suggestion));
  return reference;
}

function secretOf(variable: string, node: LocatedScalar, { env, secrets, report }: Walk): string {
  const value = Object.hasOwn(env, variable) ? env[variable] : undefined;
  const reference = secretReference(variable);
  if (value !== undefined) {
    secrets.set(reference, value);
    return reference;
  }
  const where = `${node.span.file}:${node.span.line}`;
  report(
    problem(
      'missing-environment-variable',
      `expected the environment variable ${variable}, which ${where} uses, but it is not set`,
      node.span,
      `set it: ${variable}=… antiphon …`,
    ),
  );
  return reference;
}

function variableOf(name: string, node: LocatedScalar, { vars, report }: Walk): string {
  if (Object.hasOwn(vars, name)) return vars[name]!;
  const near = nearest(name, Object.keys(vars));
  const where = `${node.span.file}:${node.span.line}`;
  const suggestion = near === undefined ? `give it: --var ${name}=…` : `the option gives ${near}`;
  report(
    problem(
      'missing-variable',
      `expected the option --var ${name}=…, which ${where} uses, but it is not given`,
      node.span,
      suggestion,
    ),
  );
  return '';
}

/** As the core schema of YAML would read it. */
function scalarOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text;
}
