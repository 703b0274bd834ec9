import { object, optional, required } from '../../documents/object-shape.ts';
import { duration, integer, orReference, text } from '../../documents/scalar-shapes.ts';
import { checked, mapped, named, problem, type Shape } from '../../documents/shape.ts';
import type { WorkloadFile } from './file-types.ts';

/** Language, section 12: when the messages of a publish entry are due. A rate is that of the whole entry, over all channels. */

const rateWords = 'a rate such as 50/s or 30/min';

export const rate = orReference(
  named(
    'rate',
    () =>
      text({
        pattern: /^\d+(\.\d+)?\/(s|min)$/,
        expected: rateWords,
        description: 'So many a second, or a minute.',
        examples: ['50/s'],
      }),
    rateWords,
  ),
);

const ramp = checked(
  object(
    {
      from: required(rate, 'The rate when hold begins.'),
      to: required(rate, 'The rate in the end.'),
      over: optional(duration, 'The time from one to the other; all of hold if left out.'),
    },
    { expected: 'a ramp', title: 'ramp' },
  ),
);

const stairs = checked(
  object(
    {
      from: required(rate, 'The rate of the first step.'),
      step: required(rate, 'What each step adds.'),
      every: required(duration, 'The length of a step.'),
      to: optional(rate, 'The greatest rate; open if left out.'),
    },
    { expected: 'stairs', title: 'stairs' },
  ),
);

const burst = checked(
  object(
    {
      count: required(orReference(integer({ min: 1 })), 'Messages at once.'),
      every: required(duration, 'From burst to burst.'),
    },
    { expected: 'bursts', title: 'burst' },
  ),
);

const kinds = {
  rate: optional(rate, 'Evenly spaced.'),
  poisson: optional(rate, 'Independent of each other, at this mean rate.'),
  ramp: optional(ramp, 'A rate that grows or falls evenly.'),
  stairs: optional(stairs, 'A rate that grows in steps.'),
  burst: optional(burst, 'Several at once, again and again.'),
  inFlight: optional(
    orReference(integer({ min: 1 })),
    'So many unanswered by each sender: the next leaves when one has arrived.',
  ),
};

const expected = 'a schedule: one of rate, poisson, ramp, stairs, burst and inFlight';

const kindsShape = object(kinds, { expected: 'a schedule', title: 'Schedule' });

export const schedule: Shape<WorkloadFile['publish'][number]['schedule']> = named(
  'schedule',
  () => {
    const reading = mapped(kindsShape, (_read, located, report) => {
      const entries = located.type === 'map' ? located.entries : [];
      const only = entries[0];
      if (only && entries.length === 1) return { kind: { value: only.key, span: only.keySpan }, argument: only.value };
      report(
        problem(
          'entry-count',
          `expected ${expected}, came ${entries.length === 0 ? 'an empty map' : `${entries.length} of them`}`,
          located.span,
        ),
      );
      return undefined;
    });
    return {
      ...reading,
      schema: definitions => ({ ...(kindsShape.schema(definitions) as object), minProperties: 1, maxProperties: 1 }),
    };
  },
  expected,
);
