import { writeJson } from '../../foundation/json.ts';
import type { Pack, Violation } from '../../foundation/pack.ts';
import { setMember, type Value } from '../../foundation/value.ts';
import { hasBigInt } from '../../packs/exact-keywords.ts';
import type { FrameSchema } from '../../packs/frame-validator.ts';
import type { Built } from '../../values/built.ts';
import { wholeLiteral } from '../compile/literal-frame.ts';
import { type Breaks, plainSchemas } from './plain-schema.ts';

/** Says what can be said of a frame before the run. */
export interface FrameJudge {
  verdictOn(frame: Built, transport: string): FrameVerdict;
  /** What is wrong with a broken frame. */
  violationsIn(frame: Built, transport: string): readonly Violation[];
}

/** `open`: nothing is wrong, but parts are known only in the run. */
export type FrameVerdict = 'valid' | 'open' | 'broken';

/** A frame as far as it is literal; what is not stands as text, and what a schema says there counts for nothing. */
interface Draft {
  readonly frame: Value;
  /** JSON Pointers of what only the run knows. */
  readonly open: readonly string[];
  /** JSON Pointers of what is left out on purpose. */
  readonly absent: readonly string[];
}

/** The validator names five violations, and puts all others into one. */
const mostNamed = 5;

export function frameJudge(pack: Pack, schemas: readonly FrameSchema[]): FrameJudge {
  const plain = plainSchemas(schemas);
  // Recipes and fragments send the same in every plan: of equal drafts one is judged.
  const judged = new Map<string, FrameVerdict>();
  return {
    verdictOn(built, transport) {
      const draft = draftOf(built, '');
      if (draft.open.includes('')) return 'open';
      const key = writeJson([transport, draft.frame, draft.open, draft.absent]);
      const verdict = judged.get(key) ?? judge(draft, transport, pack, plain);
      judged.set(key, verdict);
      return verdict;
    },
    violationsIn(built, transport) {
      const draft = draftOf(built, '');
      const frame = completed(pack, transport, draft);
      return frame === undefined ? [] : violationsIn(frame, draft, pack);
    },
  };
}

function judge(
  draft: Draft,
  transport: string,
  pack: Pack,
  plain: ReadonlyMap<string, Breaks> | undefined,
): FrameVerdict {
  const frame = completed(pack, transport, draft);
  if (frame === undefined) return 'open';
  const breaks = hasBigInt(frame) ? undefined : plain?.get(`sent/${pack.kindOf(frame)}.schema.json`)?.(frame);
  const isBroken =
    breaks && breaks.length <= mostNamed
      ? breaks.some(at => !isOpen(at, draft))
      : violationsIn(frame, draft, pack).length > 0;
  if (isBroken) return 'broken';
  return draft.open.length > 0 ? 'open' : 'valid';
}

function violationsIn(frame: Value, draft: Draft, pack: Pack): readonly Violation[] {
  return pack.validate('sent', pack.kindOf(frame), frame).filter(({ at }) => !isOpen(at, draft));
}

/** With what the pack adds. A codec of the pack's own code may refuse a draft. */
function completed(pack: Pack, transport: string, { frame, absent }: Draft): Value | undefined {
  try {
    return pack.encode(transport, frame, 1, absent).frame;
  } catch {
    return undefined;
  }
}

function isOpen(at: string, { open }: Draft): boolean {
  return open.some(pointer => touches(at, pointer));
}

/** One place is the other, or inside of it. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function draftOf(built: Built, at: string): Draft {
  switch (built.op) {
    case 'literal':
      return { frame: built.value, open: [], absent: [] };
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
    default: {
      const literal = wholeLiteral(built);
      return literal === undefined ? { frame: 'x', open: [at], absent: [] } : { frame: literal, open: [], absent: [] };
    }
  }
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
