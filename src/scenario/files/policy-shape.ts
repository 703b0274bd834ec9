import { oneOrMany } from '../../documents/list-shapes.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { oneOf, text } from '../../documents/scalar-shapes.ts';
import { mapped, named, problem, type ReadBy, type Shape } from '../../documents/shape.ts';
import { headerFirst, titleField, versionField } from './file-header.ts';
import type { PolicyEntry, PolicyFile } from './file-types.ts';
import { about, transportName } from './word-shapes.ts';

/** What a gate makes of verdicts. Each exception has a reason. */

const dayPattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const day = mapped(text({ pattern: dayPattern, expected: 'a day such as 2027-03-31' }), (at, _located, report) => {
  const instant = new Date(`${at.value}T00:00:00Z`);
  if (!Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(at.value)) return at;
  report(problem('no-such-day', `there is no day ${at.value}`, at.span));
  return undefined;
});

const entry: Shape<PolicyEntry> = named(
  'policyEntry',
  () =>
    object(
      {
        scenario: required(text({ minLength: 1 }), 'A scenario, or several by *: socket-chat/voice/*.'),
        check: optional(text({ minLength: 1 }), 'The check; all of the scenario if left out.'),
        transport: optional(transportName, 'The transport; every one if left out.'),
        reason: required(
          text({ minLength: 3, expected: 'a reason of at least three characters' }),
          'Why this is known.',
        ),
        issue: optional(text({ minLength: 1 }), 'Where it is tracked.'),
        until: optional(day, 'The last day on which the entry holds.'),
      },
      { expected: 'an entry of a policy', title: 'Entry' },
    ),
  'an entry of a policy',
);

const entries = oneOrMany(entry);

const shape = object(
  {
    antiphon: versionField,
    policy: titleField('What this gate is for.'),
    about: optional(about, 'Why, and what is not obvious.'),
    failOn: optional(oneOf('must', 'should'), 'The lowest level whose failures fail the gate; must if left out.'),
    lenient: optional(oneOf('allow', 'fail'), 'What a lenient pass counts for; allow if left out.'),
    expectedFailures: optional(entries, 'Known failures. One that passes makes the run stale.'),
    knownFlaky: optional(entries, 'Checks that are known to differ from run to run.'),
  },
  { expected: 'a policy', title: 'Policy', rules: [headerFirst('policy')] },
);

export const policyShape: Shape<PolicyFile> = mapped(shape, policyOf);

function policyOf(read: ReadBy<typeof shape>): PolicyFile {
  return {
    kind: 'policy',
    file: read.span.file,
    span: read.span,
    title: read.policy,
    failOn: read.failOn?.value ?? 'must',
    lenient: read.lenient?.value ?? 'allow',
    expectedFailures: read.expectedFailures ?? [],
    knownFlaky: read.knownFlaky ?? [],
  };
}
