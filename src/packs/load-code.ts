import { pathToFileURL } from 'node:url';
import { AntiphonError, messageOf } from '../foundation/errors.ts';
import type { Value } from '../foundation/value.ts';
import type { Operator } from '../values/expression.ts';
import type { Codec, DecodedText } from './codecs.ts';
import type { PackCode } from './pack-code.ts';

/** What the module that `code` names may export. */
interface PackModule {
  /** `{ $mode: (argument, value) => boolean }` */
  readonly operators?: Readonly<Record<string, (argument: Value, value: Value) => boolean>>;
  /** `{ name: { decode(text): frame, encode(frame): text } }`; decode throws for what it cannot read. */
  readonly codecs?: Readonly<Record<string, { decode(text: string): Value; encode(frame: Value): string }>>;
}

/** Imports a pack's own code, a plain JavaScript module: the one way in for what the table cannot say. */
export async function loadCode(path: string): Promise<PackCode> {
  let module: PackModule;
  try {
    module = (await import(pathToFileURL(path).href)) as PackModule;
  } catch (thrown) {
    throw new AntiphonError(
      'usage',
      'pack-code-not-loaded',
      `expected a module that can be imported, came ${path}: ${messageOf(thrown)}`,
      { cause: thrown },
    );
  }
  const { operators = {}, codecs = {} } = module;
  for (const [name, operator] of Object.entries(operators)) {
    if (!name.startsWith('$') || typeof operator !== 'function')
      throw wrongExport(path, `operators.${name}`, 'a function whose name begins with $');
  }
  for (const [name, codec] of Object.entries(codecs)) {
    if (typeof codec?.decode !== 'function' || typeof codec.encode !== 'function')
      throw wrongExport(path, `codecs.${name}`, 'an object with decode and encode');
  }
  return {
    operators: new Map(Object.entries(operators).map(([name, matches]) => [name, guardedOperator(name, matches)])),
    codecs: new Map(Object.entries(codecs).map(([name, codec]) => [name, guardedCodec(name, codec)])),
  };
}

function guardedOperator(name: string, matches: Operator['matches']): Operator {
  return {
    name,
    matches(argument, value) {
      try {
        return matches(argument, value) === true;
      } catch (thrown) {
        throw codeFailed(`the operator ${name} could not match`, thrown);
      }
    },
  };
}

/** What a codec throws when it reads is the target's fault; when it writes, its own. */
function guardedCodec(name: string, codec: { decode(text: string): Value; encode(frame: Value): string }): Codec {
  return {
    of: 'text',
    decode(text): DecodedText {
      try {
        return { ok: true, frame: codec.decode(text), violations: [] };
      } catch (thrown) {
        return {
          ok: false,
          violations: [
            { code: 'encoding', at: '', message: `expected what the codec ${name} reads: ${messageOf(thrown)}` },
          ],
        };
      }
    },
    encode(frame) {
      try {
        return codec.encode(frame);
      } catch (thrown) {
        throw codeFailed(`the codec ${name} could not write a frame`, thrown);
      }
    },
  };
}

function codeFailed(what: string, thrown: unknown): AntiphonError {
  return new AntiphonError('usage', 'pack-code-failed', `${what}: ${messageOf(thrown)}`, { cause: thrown });
}

function wrongExport(path: string, member: string, expected: string): AntiphonError {
  return new AntiphonError(
    'usage',
    'pack-code-wrong',
    `expected ${expected} as ${member} of ${path}, came something else`,
  );
}
