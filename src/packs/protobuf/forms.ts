import type { Pointer } from '../pointer.ts';
import type { ProtoField, ProtoSchema } from './proto-schema.ts';

/** How the fields of messages stand in the frames of scenarios: by the message's name without package, and the field's. */
export type FieldForms = ReadonlyMap<string, ReadonlyMap<string, FieldForm>>;

export interface FieldForm {
  /** In the object of the message; empty: the members of the field's message are the object's own. The field's name if it says none. */
  readonly at?: Pointer;
  readonly as?: FieldEncoding;
}

/**
 * `json`: bytes that hold a value as JSON, no bytes none. `base64`, `text`: bytes that stand in the frame as such a text. `time`:
 * milliseconds since 1970 that stand there as RFC 3339, 0 as nothing. `plain`: as it is.
 */
export type FieldEncoding = 'plain' | 'json' | 'base64' | 'text' | 'time';

/** A field with its form. */
export interface FormedField {
  readonly field: ProtoField;
  readonly at: Pointer;
  readonly as: FieldEncoding;
}

/** A member of a frame's object: a field, or an object that holds others. */
export interface MemberForm {
  /** Names from the message inwards: more than one where the members of an inner message are the object's own. */
  readonly path: readonly string[];
  readonly formed: FormedField | undefined;
  readonly below: ReadonlyMap<string, MemberForm>;
}

/** The forms of all messages, looked up from both sides. */
export interface Forms {
  /** In the order of the schema. */
  fieldsOf(message: string): readonly FormedField[];
  membersOf(message: string): ReadonlyMap<string, MemberForm>;
}

export function createForms(schema: ProtoSchema, forms: FieldForms): Forms {
  const fields = remember(message => formedFields(schema, forms, message));
  const members = remember(message => membersFrom(entriesOf(fields, message, [])));
  return { fieldsOf: fields, membersOf: members };
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return key => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function formedFields(schema: ProtoSchema, forms: FieldForms, message: string): readonly FormedField[] {
  const { name, fields } = schema.messages.get(message)!;
  const rows = forms.get(name);
  return [...fields.values()].map(field => {
    const { at = [field.name], as = field.type.is === 'bytes' ? 'json' : 'plain' } = rows?.get(field.name) ?? {};
    return { field, at, as };
  });
}

interface Entry {
  readonly at: Pointer;
  readonly path: readonly string[];
  readonly formed: FormedField;
}

function entriesOf(
  fieldsOf: (message: string) => readonly FormedField[],
  message: string,
  path: readonly string[],
): readonly Entry[] {
  return fieldsOf(message).flatMap((formed): readonly Entry[] => {
    const { field, at } = formed;
    const inner = [...path, field.name];
    if (at.length === 0 && field.type.is === 'message') return entriesOf(fieldsOf, field.type.name, inner);
    return [{ at, path: inner, formed }];
  });
}

function membersFrom(entries: readonly Entry[]): ReadonlyMap<string, MemberForm> {
  const names = new Set(entries.map(({ at }) => at[0]!));
  return new Map(
    [...names].map((name): [string, MemberForm] => {
      const meant = entries.filter(({ at }) => at[0] === name);
      const own = meant.find(({ at }) => at.length === 1);
      const below = meant.filter(({ at }) => at.length > 1).map(entry => ({ ...entry, at: entry.at.slice(1) }));
      return [name, { path: own?.path ?? [], formed: own?.formed, below: membersFrom(below) }];
    }),
  );
}

/** `HANG_UP` is `hang-up` in a frame. */
export function enumWord(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
