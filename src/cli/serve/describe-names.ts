import { nullBehaviours, type ProtocolDescription } from '../../../reference-server/index.ts';
import { formatDurationUs } from '../../foundation/duration.ts';
import { columns } from '../columns.ts';

/** What `serve --list` prints. Ends with a newline. */
export function describeNames({
  name,
  faults,
  variants,
  limits,
  timers,
  generations = [],
}: ProtocolDescription): string {
  const sections = [
    section(
      'Faults: each breaks the requirements that it names',
      Object.entries(faults),
      ([fault, { description, breaks }]) => [fault, `${description} [${breaks.join(', ')}]`],
    ),
    section('Variants: other things that the rules allow', Object.entries(variants), ([variant, { description }]) => [
      variant,
      description,
    ]),
    section('Null servers: they know nothing of the protocol', Object.entries(nullBehaviours), row => [...row]),
    section('Limits', Object.entries(limits), ([limit, { description, defaultValue, leastValue }]) => [
      limit,
      `${description} Default ${defaultValue}, at least ${leastValue}.`,
    ]),
    section('Timers', Object.entries(timers), ([timer, { description, defaultValue, leastValue }]) => [
      timer,
      `${description} Default ${milliseconds(defaultValue)}, at least ${milliseconds(leastValue)}.`,
    ]),
    ...(generations.length === 0
      ? []
      : [section('Generations, the default first', generations, generation => [generation, ''])]),
  ];
  return [`${name}\n`, ...sections].join('\n');
}

function section<T>(title: string, entries: readonly T[], row: (entry: T) => readonly [string, string]): string {
  const lines = entries.length === 0 ? ['  none'] : columns(entries.map(row), '  ');
  return `${[title, ...lines].join('\n')}\n`;
}

function milliseconds(value: number): string {
  return formatDurationUs(value * 1000);
}
