import { oneOrMany } from '../../documents/list-shapes.ts';
import { mapOf } from '../../documents/map-shapes.ts';
import { object, optional, required } from '../../documents/object-shape.ts';
import { duration, oneOf, text } from '../../documents/scalar-shapes.ts';
import { mapped, named, node, problem, type ReadBy, type Shape } from '../../documents/shape.ts';
import { byNode } from '../../documents/union-shapes.ts';
import { headerFirst, titleField, versionField } from './file-header.ts';
import type { CaseNode, ClientNode, ScenarioFile } from './file-types.ts';
import { steps } from './step-shapes.ts';
import { about, actor, namedNodes, names, needs, protocol, transportName } from './word-shapes.ts';

/** Language, section 4. */

type ClientBody = Omit<ClientNode, 'name' | 'span'>;

const client = named(
  'client',
  () =>
    byNode<ClientBody>(
      {
        scalar: mapped(actor, as => ({ as, with: [] })),
        map: mapped(
          object(
            {
              as: required(actor, 'An actor of the pack, connected or offline.'),
              with: optional(namedNodes, "Clients and parameters of the actor's recipe."),
              transport: optional(transportName, 'Another transport than that of the execution.'),
              ignore: optional(
                node('patterns', 'a list of patterns'),
                'What may arrive at any time. Replaces the list of the scenario.',
              ),
            },
            { expected: 'a client', title: 'Client' },
          ),
          read => ({ as: read.as, with: read.with ?? [], transport: read.transport, ignore: read.ignore }),
        ),
      },
      'an actor of the pack, or a map with the key as',
    ),
  'a client',
);

/** Members of a case besides its name are of the author's choice. */
const caseEntry: Shape<CaseNode> = {
  expected: 'a case: a map with a name',
  read(located, report) {
    const members = mapOf(node('value'), { expected: 'a case: a map with a name' }).read(located, report);
    if (members === undefined) return undefined;
    const entry = members.find(member => member.name.value === 'name');
    if (!entry) {
      report(
        problem(
          'missing-key',
          'a case needs the key name',
          located.span,
          'add name: what tells it from the other cases',
        ),
      );
      return undefined;
    }
    const name = text({ minLength: 1 }).read(entry.value, report);
    return (
      name && { span: located.span, name, members: members.map(member => ({ name: member.name, node: member.value })) }
    );
  },
  schema: () => ({
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string', minLength: 1, description: 'Goes to the title of the execution.' } },
    propertyNames: { pattern: '^[A-Za-z][\\w-]*$' },
  }),
};

const cases: Shape<readonly CaseNode[]> = mapped(oneOrMany(caseEntry, { min: 1 }), (read, _located, report) => {
  const seen = new Set<string>();
  let sound = true;
  for (const { name } of read) {
    if (seen.has(name.value)) {
      report(
        problem(
          'duplicate-case',
          `two cases have the name ${JSON.stringify(name.value)}`,
          name.span,
          'give each case a name of its own',
        ),
      );
      sound = false;
    }
    seen.add(name.value);
  }
  return sound ? read : undefined;
});

const shape = object(
  {
    antiphon: versionField,
    scenario: titleField('What the target does, as a sentence.'),
    protocol: required(protocol, 'The pack.'),
    about: optional(about, 'Why, and what is not obvious.'),
    tags: optional(names, 'For choosing scenarios.'),
    needs: optional(needs, 'Capabilities of the target, or "!capability". Not met: not applicable.'),
    transports: optional(
      oneOrMany(transportName, { distinct: true, min: 1 }),
      'One execution for each; all message transports of the pack if left out.',
    ),
    isolation: optional(oneOf('exclusive'), 'Nothing else runs on the target meanwhile.'),
    ignore: optional(
      node('patterns', 'a list of patterns'),
      "What may arrive at any time. Replaces the pack's list; [] is strict.",
    ),
    timeout: optional(duration, 'The most that an execution may take; 60 s if left out.'),
    vars: optional(namedNodes, 'Names for values and patterns, resolved where they are used.'),
    cases: optional(cases, 'One execution for each; $(case.x) in the steps.'),
    clients: required(mapOf(client, { min: 1 }), 'The clients and what they are at first.'),
    steps: required(steps, 'What is done, one after another.'),
    finally: optional(steps, 'Always runs, decides nothing.'),
  },
  { expected: 'a scenario', title: 'Scenario', rules: [headerFirst('scenario')] },
);

export const scenarioShape: Shape<ScenarioFile> = mapped(shape, scenarioOf);

function scenarioOf(read: ReadBy<typeof shape>): ScenarioFile {
  return {
    kind: 'scenario',
    file: read.span.file,
    span: read.span,
    title: read.scenario,
    protocol: read.protocol,
    about: read.about,
    tags: read.tags ?? [],
    needs: read.needs ?? [],
    transports: read.transports,
    exclusive: read.isolation !== undefined,
    ignore: read.ignore,
    timeout: read.timeout,
    vars: read.vars ?? [],
    cases: read.cases ?? [],
    clients: read.clients.map(({ name, value, span }) => ({ name, ...value, span })),
    steps: read.steps,
    finally: read.finally ?? [],
  };
}
