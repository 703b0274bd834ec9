import type { Pack, TransportProfile, Violation } from '../foundation/pack.ts';
import { isObject, type Value, type ValueObject } from '../foundation/value.ts';
import type { Scope } from '../values/expression.ts';
import { match } from '../values/match.ts';
import type { Pattern } from '../values/pattern.ts';
import { type Codec, jsonCodec, textCodec } from './codecs.ts';
import { decodeMessage, type ReadingRules } from './decode-message.ts';
import { completeFrame, requestIdAt } from './encode-frame.ts';
import { type Condition, type KindOf, kindReader } from './frame-kinds.ts';
import { type Direction, type FrameSchema, type FrameValidator, frameValidator } from './frame-validator.ts';
import { type OmissionRule, withoutOmitted } from './omitted-violations.ts';
import { joinOverlays, noOverlay, type Overlay } from './overlay.ts';
import { noCode, type PackCode } from './pack-code.ts';
import type { PackFile, SizeBound, TransportRow } from './pack-file.ts';
import { valueAt } from './pointer.ts';
import type { FieldForms } from './protobuf/forms.ts';
import { calledCodec, protobufCodec } from './protobuf/protobuf-codec.ts';
import { schemaChoices } from './schema-choices.ts';
import { shortText } from './short-text.ts';

/**
 * The pure Pack that a table makes. `overlay` is what profile and target lay over the pack's own limits, timers and values;
 * `when` patterns see it without the values of a transport, because a frame's kind does not depend on where it travels.
 */
export function createPack(
  packFile: PackFile,
  schemas: readonly FrameSchema[],
  digest: string,
  overlay: Overlay = noOverlay,
  code: PackCode = noCode,
): Pack {
  const { limits, timers, values } = joinOverlays(packFile.language, overlay);
  const condition = conditionMaker({ limits, timers, pack: values, accounts: [] });
  const validator = frameValidator(schemas);
  const known = (kind: string) => validator.has('sent', kind) || validator.has('received', kind);
  const kindOf = kindReader(packFile.kind, known, condition);
  const additions = { fill: packFile.fill, kindOf, ...(packFile.request && { request: packFile.request }) };
  const limitsOn = (name: string) =>
    joinOverlays(packFile.language, packFile.language.transports?.get(name) ?? {}, overlay).limits;
  const transports = new Map(packFile.transports.map(row => [row.name, profileOf(row, limitsOn(row.name))]));
  const validate = (direction: Direction, kind: string | undefined, frame: Value) =>
    validateFrame(validator, direction, kind, frame);
  const omissionsOn = omissionsOf(packFile, condition);
  const unwrap = packFile.unwrap.map(rule => ({ matches: condition(rule.when), at: rule.at }));
  const reading = new Map<string, ReadingRules>();
  for (const profile of transports.values()) {
    reading.set(profile.name, {
      profile,
      codec: codecOf(profile, packFile.fieldForms, code),
      unwrap,
      validate: frame => withoutOmitted(validate('received', kindOf(frame), frame), frame, omissionsOn(profile.name)),
    });
  }
  const choices = memory<readonly Value[]>();
  const rulesOf = (transport: string) => reading.get(transport) ?? unknownTransport(packFile, transport);
  return {
    name: packFile.name,
    digest,
    transports,
    decode: (transport, payload) => decodeMessage(rulesOf(transport), payload),
    encode(transport, written, requestNumber, omitted = []) {
      const { frame, requestId } = completeFrame(additions, written, requestNumber, omitted);
      const data = rulesOf(transport).codec.encode(frame);
      return requestId === undefined ? { frame, data } : { frame, data, requestId };
    },
    omitted: (transport, frame) =>
      omissionsOn(transport).flatMap(({ at, matches }) => ((matches?.(frame) ?? true) ? [at] : [])),
    write(transport, frame) {
      const { codec } = rulesOf(transport);
      return codec.of === 'bytes' && codec.encodeReceived ? codec.encodeReceived(frame) : codec.encode(frame);
    },
    answer(transport, method, frame) {
      const { codec } = rulesOf(transport);
      return (codec.of === 'bytes' && codec.answer?.(method, frame)) || new Uint8Array();
    },
    requestIdOf(frame) {
      const at = requestIdAt(additions, frame);
      return at && valueAt(frame, at);
    },
    replyIdOf: frame => replyIdOf(packFile, kindOf, frame),
    replyPointers: packFile.reply,
    unordered: packFile.unordered,
    kindOf,
    choicesAt: (kind, at) => choices(`${kind} ${at}`, () => schemaChoices(schemas, kind, at)),
    validate,
  };
}

function omissionsOf({ language }: PackFile, condition: (when: Pattern) => Condition) {
  const rules = new Map<string, readonly OmissionRule[]>();
  for (const [name, { omits }] of language.transports ?? [])
    rules.set(
      name,
      omits.map(({ at, pattern }): OmissionRule => ({ at, ...(pattern && { matches: condition(pattern) }) })),
    );
  return (transport: string) => rules.get(transport) ?? [];
}

/** What was made once for a key is kept. */
function memory<T>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make();
    made.set(key, fresh);
    return fresh;
  };
}

function replyIdOf(packFile: PackFile, kindOf: KindOf, frame: Value): { readonly id: Value | undefined } | undefined {
  if (packFile.reply.size === 0) return undefined;
  const kind = kindOf(frame);
  const at = kind === undefined ? undefined : packFile.reply.get(kind);
  return at && { id: valueAt(frame, at) };
}

/** `when` patterns have no captures and no clients: only `pack`, `limits` and `timers` have values. */
function conditionMaker(
  roots: Readonly<Record<'pack' | 'limits' | 'timers' | 'accounts', Value>>,
): (when: Pattern) => Condition {
  const nothing = () => undefined;
  const scope: Scope = {
    slot: nothing,
    account: nothing,
    self: '',
    turn: undefined,
    unique: '',
    root: name => roots[name],
    nowMs: 0,
  };
  return when => frame => match(when, frame, {}, scope) !== null;
}

function profileOf(row: TransportRow, limits: ValueObject): TransportProfile {
  const { receiveMaxBytes, ...profile } = row;
  const bytes = receiveMaxBytes === undefined ? undefined : sizeOf(receiveMaxBytes, limits);
  return bytes === undefined ? profile : { ...profile, receiveMaxBytes: bytes };
}

function sizeOf(bound: SizeBound, limits: ValueObject): number | undefined {
  const bytes = typeof bound === 'number' ? bound : valueAt(limits, [bound.limit]);
  return typeof bytes === 'number' ? bytes : undefined;
}

function codecOf({ codec: name, path = '', role }: TransportProfile, forms: FieldForms, code: PackCode): Codec {
  const proto = name === 'protobuf' ? code.proto : undefined;
  if (proto && role === 'server') return calledCodec(proto, forms, path);
  const method = proto?.methods.get(path);
  if (method) return protobufCodec(proto!, forms, method);
  return name === 'json' ? jsonCodec : name === 'text' ? textCodec : (code.codecs.get(name) ?? textCodec);
}

/** A defect of ours: plans name only transports that the pack has. */
function unknownTransport(packFile: PackFile, transport: string): never {
  throw new RangeError(`the pack ${packFile.name} has no transport ${transport}`);
}

function validateFrame(
  validator: FrameValidator,
  direction: Direction,
  kind: string | undefined,
  frame: Value,
): readonly Violation[] {
  if (!validator.any(direction)) return [];
  if (kind !== undefined && validator.has(direction, kind)) return validator.validate(direction, kind, frame);
  const what =
    kind === undefined
      ? `${isObject(frame) ? 'a frame without one' : shortText(frame)}`
      : `the kind ${JSON.stringify(kind)}`;
  return [{ code: 'unknown-kind', at: '', message: `expected a frame of a kind that has a schema, came ${what}` }];
}
