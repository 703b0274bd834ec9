import { oneOrMany } from '../../documents/list-shapes.ts';
import { mapOf } from '../../documents/map-shapes.ts';
import { integer, name, orReference, text } from '../../documents/scalar-shapes.ts';
import { type At, bare, mapped, named, node, problem, type Shape } from '../../documents/shape.ts';
import type { NamedNode } from './file-types.ts';

/** Words that all file kinds share. */

const formatVersion = 1;

export const version: Shape<At<number>> = {
  expected: `the format version ${formatVersion}`,
  read(located, report) {
    if (located.type === 'scalar' && located.value === formatVersion)
      return { value: formatVersion, span: located.span };
    const newer = located.type === 'scalar' && typeof located.value === 'number' && located.value > formatVersion;
    const suggestion = newer ? 'read the file with a newer antiphon' : `write antiphon: ${formatVersion}`;
    report(problem('format-version', `expected format version ${formatVersion}`, located.span, suggestion));
    return undefined;
  },
  schema: () => ({ const: formatVersion }),
};

export const title = text({ expected: 'a title of at least three characters', minLength: 3 });

export const about = text({ minLength: 1 });

export const protocol = named('protocol', () => name('the name of a pack'), 'the name of a pack');

export const names = oneOrMany(name(), { distinct: true });

/** A capability of the target, or `!` and one that it must not have. */
export const needs = oneOrMany(text({ pattern: /^!?[A-Za-z][\w.-]*$/, expected: 'a capability, or "!capability"' }), {
  distinct: true,
});

const checkWords = 'a check such as message.order or message.order/copy';

/** The id of a ledger row, with a detail if several checks decide it; references are settled when the file is read. */
export const check: Shape<At<string>> = named(
  'check',
  () =>
    text({
      pattern: /^([a-z][\w-]*(\.[\w-]+)+(\/[\w./-]+)?|.*\$\(.+\).*)$/,
      expected: checkWords,
      description: 'The requirement that this decides.',
    }),
  checkWords,
);

/** An actor of the pack, or one of the two that are built in. */
export const actor: Shape<At<string>> = named(
  'actor',
  () => name('an actor of the pack, connected or offline'),
  'an actor of the pack, connected or offline',
);

/** A name, or text with references in it that lead to one when the file is read. */
export function settledName(expected: string): Shape<At<string>> {
  return text({ pattern: /^([A-Za-z][\w-]*|.*\$\(.+\).*)$/, expected });
}

export const fragmentName: Shape<At<string>> = named(
  'fragmentName',
  () => text({ pattern: /^([\w./-]+|.*\$\(.+\).*)$/, expected: 'the name of a fragment' }),
  'the name of a fragment',
);

export const transportName: Shape<At<string>> = named(
  'transportName',
  () => name('a transport of the pack'),
  'a transport of the pack',
);

/** Names and their values, unread. */
export const namedNodes: Shape<readonly NamedNode[]> = mapped(mapOf(node('value')), entries =>
  entries.map(entry => ({ name: entry.name, node: entry.value })),
);

/** How often: a whole number, or a reference to one. */
export const count = orReference(integer({ min: 1 }));

/** The word `true`, or `false` where somebody wants to say so. */
export function flag(shape: Shape<At<boolean>>): Shape<boolean> {
  return bare(shape);
}
