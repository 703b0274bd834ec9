import { type KeyRule, readerRule } from '../../documents/key-rules.ts';
import { oneOrMany } from '../../documents/list-shapes.ts';
import type { Located } from '../../documents/located.ts';
import { mapOf } from '../../documents/map-shapes.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { boolean, duration, name, oneOf, orReference, plainDuration, text } from '../../documents/scalar-shapes.ts';
import { checked, mapped, named, node, problem, type ReadBy, type Shape } from '../../documents/shape.ts';
import { byNode } from '../../documents/union-shapes.ts';
import { headerFirst, titleField, versionField } from './file-header.ts';
import type { NamedNode, WorkloadFile } from './file-types.ts';
import { rate, schedule } from './schedule-shape.ts';
import { steps } from './step-shapes.ts';
import { about, actor, count, namedNodes, needs, protocol, transportName } from './word-shapes.ts';

/** Language, section 12. */

const role = named(
  'role',
  () =>
    object(
      {
        as: required(actor, 'An actor of the pack, connected or offline.'),
        count: required(count, 'How many in each channel.'),
        with: optional(namedNodes, "Clients and parameters of the actor's recipe."),
        transport: optional(transportName, 'Another transport than that of the workload.'),
      },
      { expected: 'a role', title: 'Role' },
    ),
  'a role',
);

const roleNames = oneOrMany(name('the name of a role'), { distinct: true });

const size = orReference(text({ pattern: /^\d+ bytes?$/, expected: 'a size such as 200 bytes' }));

const payload = named(
  'payload',
  () =>
    byNode<Located>(
      {
        scalar: size,
        map: checked(
          object(
            { from: required(size, 'The smallest.'), to: required(size, 'The largest.') },
            { expected: 'a range of sizes', title: 'Sizes', description: 'Evenly spread between from and to.' },
          ),
        ),
      },
      'a size such as 200 bytes, or { from: 40 bytes, to: 900 bytes }',
    ),
  'the size of the payload',
);

const publish = named(
  'publish',
  () =>
    object(
      {
        by: required(roleNames, 'The roles that send; their users take turns.'),
        send: required(node('builtFrames', 'a frame'), 'The frame, with $payload where the text goes.'),
        payload: optional(payload, 'The size of $payload.'),
        to: required(roleNames, 'The roles that must receive it; [] for nobody.'),
        copy: optional(boolean(), 'Whether who sends and is named in to must receive it, too; yes if left out.'),
        schedule: required(schedule, 'When messages are due.'),
      },
      { expected: 'a publish entry', title: 'Publish' },
    ),
  'a publish entry',
);

const phases: Shape<readonly NamedNode[]> = mapped(
  object(
    {
      connect: optional(rate, 'Connections opened in a second.'),
      warmUp: optional(duration, 'Sent but not recorded.'),
      hold: required(duration, 'What is measured.'),
      drain: optional(duration, 'How long late deliveries are awaited.'),
    },
    { expected: 'the phases', title: 'Phases' },
  ),
  (_read, located) =>
    located.type === 'map'
      ? located.entries.map(entry => ({ name: { value: entry.key, span: entry.keySpan }, node: entry.value }))
      : [],
);

const disruptionRule: KeyRule = readerRule((present, _map, report) => {
  const act = present.get('do')?.value;
  if (act?.type !== 'scalar') return;
  const lasting = present.get('for');
  const join = present.get('join');
  if (act.value === 'stop-reading' && !lasting)
    report(problem('missing-key', 'stop-reading needs the key for', act.span, 'add for: 3 s'));
  if (act.value === 'disconnect' && lasting)
    report(problem('keys-conflict', 'disconnect is for good', lasting.keySpan, 'use reconnect'));
  if (join && act.value !== 'reconnect')
    report(problem('keys-conflict', 'only who reconnects joins again', join.keySpan));
});

const disruption = named(
  'disruption',
  () =>
    mapped(
      object(
        {
          at: required(plainDuration, 'When, from the begin of hold.'),
          role: required(name('the name of a role'), 'To whom it happens.'),
          share: optional(
            text({ pattern: /^\d+(\.\d+)? ?%$/, expected: 'a share such as 5 %' }),
            'How many of them; all if left out.',
          ),
          do: required(oneOf('stop-reading', 'reconnect', 'disconnect'), 'What happens.'),
          for: optional(plainDuration, 'How long.'),
          join: optional(steps, 'What who reconnects does first; join of the workload if left out.'),
        },
        { expected: 'a disruption', title: 'Disruption', rules: [disruptionRule] },
      ),
      read => ({ ...read, join: read.join ?? [] }),
    ),
  'a disruption',
);

const threshold = text({
  pattern: /^[A-Za-z][\w.]*\s*(==|!=|<=|>=|<|>)\s*\d+(\.\d+)?( ?(us|ms|s|min|h|%|\/s|bytes|kB|MB|GB))?$/,
  expected: 'a threshold such as delivery.p99 < 100 ms',
  examples: ['lost == 0', 'delivery.p99 < 100 ms'],
});

const shape = object(
  {
    antiphon: versionField,
    workload: titleField('Who does what, as a sentence.'),
    protocol: required(protocol, 'The pack.'),
    about: optional(about, 'Why, and what is not obvious.'),
    transport: optional(transportName, 'The transport; the first message transport of the pack if left out.'),
    needs: optional(needs, 'Capabilities of the target, or "!capability". Not met: not applicable.'),
    vars: optional(namedNodes, 'Names for values, resolved where they are used.'),
    channels: optional(count, '1 if left out. Counts of roles, joins and captures are per channel.'),
    roles: required(mapOf(role, { min: 1 }), 'Who takes part.'),
    join: optional(steps, 'Done once per channel, judged like a scenario.'),
    leave: optional(steps, 'Done once per channel after drain.'),
    publish: required(oneOrMany(publish, { min: 1 }), 'What is sent, by whom, to whom, and when.'),
    phases: required(phases, 'How long.'),
    disrupt: optional(oneOrMany(disruption), 'What happens to some of them meanwhile.'),
    thresholds: optional(oneOrMany(threshold, { distinct: true }), 'What must be true of the figures.'),
    abortOnFail: optional(plainDuration, 'End the load when a count misses its threshold, after so much of hold.'),
  },
  { expected: 'a workload', title: 'Workload', rules: [headerFirst('workload')] },
);

export const workloadShape: Shape<WorkloadFile> = mapped(shape, workloadOf);

function workloadOf(read: ReadBy<typeof shape>): WorkloadFile {
  return {
    kind: 'workload',
    file: read.span.file,
    span: read.span,
    title: read.workload,
    protocol: read.protocol,
    about: read.about,
    transport: read.transport,
    needs: read.needs ?? [],
    vars: read.vars ?? [],
    channels: read.channels,
    roles: read.roles.map(({ name: roleName, value }) => ({
      name: roleName,
      as: value.as,
      count: value.count,
      with: value.with ?? [],
      transport: value.transport,
    })),
    join: read.join ?? [],
    leave: read.leave ?? [],
    publish: read.publish,
    phases: read.phases,
    disrupt: read.disrupt ?? [],
    thresholds: read.thresholds ?? [],
    abortOnFail: read.abortOnFail,
  };
}
