import { object, required } from '../../documents/object-shape.ts';
import { duration, oneOf } from '../../documents/scalar-shapes.ts';
import { mapped, type Shape } from '../../documents/shape.ts';
import type { UntilNode } from './file-types.ts';
import { namedNodes } from './word-shapes.ts';

/** Language, section 5: `barrier`, a barrier with parameters, or a duration. */

const words = 'barrier, { barrier: { … } } or a duration such as 200 ms';

const bareBarrier = oneOf('barrier');

const barrier: Shape<UntilNode> = mapped(
  object(
    { barrier: required(namedNodes, 'Parameters of the barrier.') },
    { expected: words, title: 'Barrier', description: "The pack's request with exactly one answer." },
  ),
  read => ({ kind: 'barrier', params: read.barrier, span: read.span }),
);

export const until: Shape<UntilNode> = {
  expected: words,
  read(located, report) {
    if (located.type === 'map') return barrier.read(located, report);
    if (located.type === 'scalar' && located.value === 'barrier')
      return { kind: 'barrier', params: [], span: located.span };
    const read = duration.read(located, diagnostic =>
      report(
        diagnostic.code === 'wrong-type'
          ? { ...diagnostic, message: diagnostic.message.replace(duration.expected, words) }
          : diagnostic,
      ),
    );
    return read && { kind: 'duration', duration: read, span: read.span };
  },
  schema: definitions => ({
    anyOf: [bareBarrier.schema(definitions), barrier.schema(definitions), duration.schema(definitions)],
  }),
};
