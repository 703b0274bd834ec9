import { entryOf, type Located } from '../../documents/located.ts';
import { nearest } from '../../documents/nearest.ts';
import { readDocument } from '../../documents/read-document.ts';
import { describeNode, problem, type Shape } from '../../documents/shape.ts';
import type { Diagnostic } from '../../foundation/diagnostic.ts';
import type { FragmentFile, PolicyFile, ScenarioFile, WorkloadFile } from './file-types.ts';
import { fragmentShape } from './fragment-shape.ts';
import { policyShape } from './policy-shape.ts';
import { scenarioShape } from './scenario-shape.ts';
import { workloadShape } from './workload-shape.ts';

const fileKinds = ['scenario', 'fragment', 'workload', 'pack', 'target', 'ledger', 'policy'] as const;

type FileKind = (typeof fileKinds)[number];

/** What reading gives: the file if there is no error in it, and every problem, by place. */
export interface FileReading<T> {
  readonly file?: T;
  readonly diagnostics: readonly Diagnostic[];
}

type LanguageFile = ScenarioFile | FragmentFile | WorkloadFile | PolicyFile;

export interface LanguageFileReading extends FileReading<LanguageFile> {
  readonly kind: FileKind | undefined;
  /** The document, for the kinds that packs read: pack, target and ledger. */
  readonly root: Located | undefined;
}

export function readScenarioFile(text: string, file: string): FileReading<ScenarioFile> {
  return readAs(scenarioShape, 'scenario', text, file);
}

export function readFragmentFile(text: string, file: string): FileReading<FragmentFile> {
  return readAs(fragmentShape, 'fragment', text, file);
}

export function readWorkloadFile(text: string, file: string): FileReading<WorkloadFile> {
  return readAs(workloadShape, 'workload', text, file);
}

export function readPolicyFile(text: string, file: string): FileReading<PolicyFile> {
  return readAs(policyShape, 'policy', text, file);
}

/** Reads a file of whatever kind its second key names (language, section 2). */
export function readLanguageFile(text: string, file: string): LanguageFileReading {
  const { root, diagnostics } = readDocument(text, file);
  if (root === undefined) return { kind: undefined, root, diagnostics };
  const found = findKind(root);
  if (typeof found !== 'string') return { kind: undefined, root, diagnostics: byPlace([...diagnostics, found]) };
  if (found === 'pack' || found === 'target' || found === 'ledger') return { kind: found, root, diagnostics };
  return { kind: found, root, ...readRoot<LanguageFile>(shapes[found], root, diagnostics) };
}

const shapes = { scenario: scenarioShape, fragment: fragmentShape, workload: workloadShape, policy: policyShape };

function readAs<T>(shape: Shape<T>, kind: FileKind, text: string, file: string): FileReading<T> {
  const { root, diagnostics } = readDocument(text, file);
  if (root === undefined) return { diagnostics };
  const found = findKind(root);
  if (found === kind) return readRoot(shape, root, diagnostics);
  const wrongKind =
    typeof found === 'string'
      ? problem('wrong-kind', `expected a ${kind} file, came a ${found} file`, root.span)
      : found;
  return { diagnostics: byPlace([...diagnostics, wrongKind]) };
}

function readRoot<T>(shape: Shape<T>, root: Located, before: readonly Diagnostic[]): FileReading<T> {
  const diagnostics = [...before];
  const file = shape.read(root, diagnostic => diagnostics.push(diagnostic));
  if (file === undefined || diagnostics.some(diagnostic => diagnostic.severity === 'error'))
    return { diagnostics: byPlace(diagnostics) };
  return { file, diagnostics: byPlace(diagnostics) };
}

/** The kind, or why there is none. The order of the first two keys is a matter of the shape. */
function findKind(root: Located): FileKind | Diagnostic {
  if (root.type !== 'map') {
    return problem('wrong-type', `expected a map that begins with antiphon: 1, came ${describeNode(root)}`, root.span);
  }
  const kind =
    root.entries.slice(0, 2).find(entry => isKind(entry.key)) ?? root.entries.find(entry => isKind(entry.key));
  if (kind && isKind(kind.key)) return kind.key;
  const second = root.entries.find(entry => entry.key !== 'antiphon');
  const near = second && nearest(second.key, fileKinds);
  const suggestion =
    near === undefined ? `one of ${fileKinds.join(', ')}, with the title as its value` : `did you mean ${near}?`;
  const span = second?.keySpan ?? entryOf(root, 'antiphon')?.keySpan ?? root.span;
  return problem('unknown-kind', 'expected the kind of file as the key after antiphon: 1', span, suggestion);
}

function isKind(key: string): key is FileKind {
  return (fileKinds as readonly string[]).includes(key);
}

/** In written order; what aliases repeat is told once. */
function byPlace(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set<string>();
  const distinct = diagnostics.filter(({ code, message, span }) => {
    const key = `${span.line}:${span.column}:${code}:${message}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
  return distinct.sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
}
