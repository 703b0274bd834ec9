import type { Pack } from '../../foundation/pack.ts';
import { isObject, memberOf } from '../../foundation/value.ts';
import type { Pattern } from '../../values/pattern.ts';
import { literalOfPattern } from './literal-frame.ts';

/** Where a frame that the pattern asks for carries the id of its request, if it is of a reply kind and the pattern leaves the id out (language, section 6). */
export function replyPointerOf(pattern: Pattern, pack: Pack): readonly string[] | undefined {
  if (pack.replyPointers.size === 0) return undefined;
  const frame = literalOfPattern(pattern);
  const kind = pack.kindOf(frame);
  const pointer = kind === undefined ? undefined : pack.replyPointers.get(kind);
  if (!pointer) return undefined;
  const named = pointer.map(name => (name === '*' && isObject(frame) ? (topMember(frame, kind) ?? name) : name));
  return leavesOut(pattern, named) ? named : undefined;
}

function topMember(frame: { readonly [name: string]: unknown }, kind: string | undefined): string | undefined {
  const names = Object.keys(frame);
  return names.find(name => name === kind) ?? names.find(name => isObject(memberOf(frame as never, name)));
}

/** Nothing is asked of the member, not even that it is absent. */
function leavesOut(pattern: Pattern, pointer: readonly string[]): boolean {
  const [name, ...rest] = pointer;
  if (name === undefined) return false;
  switch (pattern.op) {
    case 'object': {
      const member = pattern.members.find(each => each.name === name);
      return member ? leavesOut(member.pattern, rest) : !pattern.exact;
    }
    case 'all':
      return pattern.of.every(each => leavesOut(each, pointer));
    case 'any':
    case 'isObject':
    case 'bind':
      return true;
    default:
      return false;
  }
}
