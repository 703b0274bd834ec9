import { list } from '../documents/list-shapes.ts';
import { object, optional, required } from '../documents/object-shape.ts';
import { boolean, integer, name, oneOf, text } from '../documents/scalar-shapes.ts';
import { bare, type ReadBy } from '../documents/shape.ts';
import { pointer } from './pointer-shape.ts';

/** `requirements.yaml`, or a part of it (language, section 13): one source for its reader and for the published schema. */

const sentence = bare(text({ minLength: 3, expected: 'a sentence' }));
const section = bare(text({ minLength: 1, expected: 'a section, as text' }));
const version = bare(text({ minLength: 1, expected: 'a version, as text' }));

const source = object(
  {
    id: required(name(), 'Short name of the document.'),
    title: required(bare(text({ minLength: 3 })), 'Its title.'),
    sections: required(list(section, { min: 1, distinct: true }), 'Its sections that say anything testable.'),
  },
  { expected: 'a source' },
);

const member = object(
  { kind: required(bare(text({ minLength: 1 })), 'Kind of the frame.'), at: required(pointer, 'The member.') },
  { expected: 'a frame member' },
);

const requirement = object(
  {
    id: required(
      text({ pattern: /^[a-z][\w-]*(\.[\w-]+)+$/, expected: 'an id such as direct.id-never-changes' }),
      'What `check` names.',
    ),
    level: required(bare(oneOf('must', 'should', 'may')), 'How binding it is.'),
    text: required(sentence, 'What is required, in our own words.'),
    source: required(
      object(
        {
          id: required(name(), 'A source.'),
          section: required(text({ expected: 'a section, as text' }), 'One of its sections.'),
        },
        { expected: 'a place in a source' },
      ),
      'Where it is said.',
    ),
    members: optional(list(member), 'Frame members that it is about.'),
    forbids: optional(list(member), 'Frame members that must not be there.'),
    since: optional(version, 'First version of the protocol that has it.'),
    until: optional(version, 'First version of the protocol that no longer has it.'),
    needs: optional(
      list(bare(text({ pattern: /^!?[A-Za-z][\w.-]*$/, expected: 'a capability, or !capability' }))),
      'Capabilities of the target without which it does not apply.',
    ),
    interpretation: optional(bare(boolean()), 'The source leaves it open, and this is our reading.'),
    excluded: optional(sentence, 'Why nothing checks it.'),
  },
  { expected: 'a requirement' },
);

export const ledgerShape = object(
  {
    antiphon: required(integer({ min: 1, max: 1, expected: 'the format 1' }), 'Format version.'),
    ledger: required(bare(text({ minLength: 3 })), 'Title.'),
    protocol: required(bare(name()), 'The pack.'),
    sources: optional(list(source, { min: 1 }), 'The documents that require something. A part may leave it to others.'),
    requirements: required(list(requirement, { min: 1 }), 'What they require.'),
  },
  {
    expected: 'a ledger',
    title: 'Antiphon ledger, format 1',
    description: 'The requirements of a protocol: language, section 13.',
  },
);

export type LedgerSourceText = ReadBy<typeof ledgerShape>;
