import type { Report } from '../../documents/shape.ts';
import { writeJson } from '../../foundation/json.ts';
import type { Pack, Violation } from '../../foundation/pack.ts';
import { setMember, type Value } from '../../foundation/value.ts';
import type { Built } from '../../values/built.ts';
import { wholeLiteral } from '../compile/literal-frame.ts';
import type { ClientStep, Plan } from '../plan.ts';

/** A frame as far as it is literal; what is not stands as text, and what a schema says there counts for nothing. */
interface Draft {
  readonly frame: Value;
  /** JSON Pointers of what only the run knows. */
  readonly open: readonly string[];
  /** JSON Pointers of what is left out on purpose. */
  readonly absent: readonly string[];
}

/** Frames of ours that break their schema, and `invalid` where nothing does (language, section 5). */
export function lintSentFrames(step: ClientStep, plan: Plan, pack: Pack, report: Report): void {
  const { act } = step;
  if (act?.kind !== 'send' || act.raw) return;
  const transport = plan.clients.find(client => client.name === step.clients[0])?.transport ?? plan.transport;
  if (pack.transports.get(transport)?.codec === 'text') return;
  const judged = act.frames.map(frame => ({ frame, verdict: judge(frame, transport, pack) }));
  if (act.invalid) {
    if (!judged.every(({ verdict }) => verdict === 'valid')) return;
    report({
      code: 'needless-invalid',
      severity: 'error',
      message: 'no frame of this step breaks its schema, but it says invalid: true',
      span: act.span,
      suggestion: 'remove invalid, or break the schema',
    });
    return;
  }
  for (const { frame, verdict } of judged)
    if (typeof verdict !== 'string') reportInvalid(frame, verdict, 'write invalid: true if that is meant', report);
}

/** A message that a workload publishes keeps its schema. */
export function lintPublished(send: Built, transport: string, pack: Pack, report: Report): void {
  if (pack.transports.get(transport)?.codec === 'text') return;
  const verdict = judge(send, transport, pack);
  if (typeof verdict !== 'string') reportInvalid(send, verdict, 'see the schema of its kind', report);
}

function reportInvalid(frame: Built, violations: readonly Violation[], suggestion: string, report: Report): void {
  const [first] = violations;
  const at = first!.at === '' ? '' : `${first!.at}: `;
  report({
    code: 'invalid-frame',
    severity: 'error',
    message: `the frame breaks its schema: ${at}${first!.message}`,
    span: frame.span,
    suggestion,
  });
}

/** Violations; `unknown` if there is none, but parts are open. */
type FrameVerdict = 'valid' | 'unknown' | readonly Violation[];

/** Recipes and fragments send the same in every plan: of equal drafts one is judged. */
const judgedDrafts = new WeakMap<Pack, Map<string, FrameVerdict>>();

function judge(built: Built, transport: string, pack: Pack): FrameVerdict {
  const draft = draftOf(built, '');
  if (draft.open.includes('')) return 'unknown';
  const judged = judgedDrafts.get(pack) ?? new Map<string, FrameVerdict>();
  judgedDrafts.set(pack, judged);
  const key = writeJson([transport, draft.frame, draft.open, draft.absent]);
  const verdict = judged.get(key) ?? judgeDraft(draft, transport, pack);
  judged.set(key, verdict);
  return verdict;
}

function judgeDraft({ frame, open, absent }: Draft, transport: string, pack: Pack): FrameVerdict {
  const complete = completed(pack, transport, frame, absent);
  if (complete === undefined) return 'unknown';
  const violations = pack
    .validate('sent', pack.kindOf(complete), complete)
    .filter(({ at }) => !open.some(pointer => touches(at, pointer)));
  if (violations.length > 0) return violations;
  return open.length > 0 ? 'unknown' : 'valid';
}

/** With what the pack adds. A codec of the pack's own code may refuse a draft. */
function completed(pack: Pack, transport: string, frame: Value, absent: readonly string[]): Value | undefined {
  try {
    return pack.encode(transport, frame, 1, absent).frame;
  } catch {
    return undefined;
  }
}

/** One place is the other, or inside of it. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function draftOf(built: Built, at: string): Draft {
  const literal = wholeLiteral(built);
  if (literal !== undefined) return { frame: literal, open: [], absent: [] };
  switch (built.op) {
    case 'absent':
      return { frame: null, open: [], absent: [at] };
    case 'bind':
      return draftOf(built.of, at);
    case 'object': {
      const object: Record<string, Value> = {};
      const drafts = built.members.map(({ name, built: member }) => ({
        name,
        draft: draftOf(member, `${at}/${escaped(name)}`),
      }));
      for (const { name, draft } of drafts)
        if (!draft.absent.includes(`${at}/${escaped(name)}`)) setMember(object, name, draft.frame);
      return {
        frame: object,
        open: drafts.flatMap(({ draft }) => draft.open),
        absent: drafts.flatMap(({ draft }) => draft.absent),
      };
    }
    case 'list': {
      if (built.elements.some(element => element.op === 'spread')) return { frame: [], open: [at], absent: [] };
      const drafts = built.elements.map((element, k) => draftOf(element as Built, `${at}/${k}`));
      return {
        frame: drafts.map(draft => draft.frame),
        open: drafts.flatMap(draft => draft.open),
        absent: drafts.flatMap(draft => draft.absent),
      };
    }
    default:
      return { frame: 'x', open: [at], absent: [] };
  }
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
