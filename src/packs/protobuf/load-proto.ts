import { loadSync } from '@grpc/proto-loader';
import { AntiphonError, messageOf } from '../../foundation/errors.ts';
import { descriptorSchema } from './descriptor-schema.ts';
import type {
  ProtoEnum,
  ProtoField,
  ProtoMessage,
  ProtoMethod,
  ProtoScalar,
  ProtoSchema,
  ProtoType,
} from './proto-schema.ts';
import { readMessage } from './read-message.ts';

/** As `descriptor-schema.ts` reads them: what is not set is not there. */
interface FileDescriptor {
  readonly package?: string;
  readonly message_type?: readonly MessageDescriptor[];
  readonly enum_type?: readonly EnumDescriptor[];
  readonly service?: readonly ServiceDescriptor[];
}

interface MessageDescriptor {
  readonly name: string;
  readonly field?: readonly FieldDescriptor[];
  readonly nested_type?: readonly MessageDescriptor[];
  readonly enum_type?: readonly EnumDescriptor[];
  readonly options?: { readonly map_entry?: boolean };
  readonly oneof_decl?: readonly { readonly name: string }[];
}

interface FieldDescriptor {
  readonly name: string;
  readonly number: number;
  readonly label?: number;
  readonly type: number;
  readonly type_name?: string;
  readonly oneof_index?: number;
}

interface EnumDescriptor {
  readonly name: string;
  readonly value?: readonly { readonly name: string; readonly number?: number }[];
}

interface ServiceDescriptor {
  readonly name: string;
  readonly method?: readonly { readonly name: string; readonly input_type: string; readonly output_type: string }[];
}

/** What the file declares, by full name. */
interface Declared {
  readonly path: string;
  readonly messages: Map<string, { readonly scope: string; readonly descriptor: MessageDescriptor }>;
  readonly enums: Map<string, ProtoEnum>;
}

/** Reads a `.proto` file without imports. Throws an AntiphonError for what it cannot read, or what a pack cannot use. */
export function loadProto(path: string): ProtoSchema {
  const file = descriptorOf(path);
  const scope = file.package ?? '';
  const declared: Declared = { path, messages: new Map(), enums: new Map() };
  for (const each of file.enum_type ?? []) declareEnum(declared, scope, each);
  for (const each of file.message_type ?? []) declareMessage(declared, scope, each);
  const messages = new Map(
    [...declared.messages].map(([name, { scope: of, descriptor }]) => [
      name,
      messageFrom(declared, name, of, descriptor),
    ]),
  );
  const methods = new Map<string, ProtoMethod>();
  for (const { name: service, method = [] } of file.service ?? []) {
    for (const { name, input_type, output_type } of method)
      methods.set(`/${joined(scope, service)}/${name}`, {
        request: messageNamed(declared, scope, input_type, service),
        response: messageNamed(declared, scope, output_type, service),
      });
  }
  return { messages, enums: declared.enums, methods };
}

/** The loader parses the text; what it gives of a oneof in its objects does not tell which fields are in it, its bytes do. */
function descriptorOf(path: string): FileDescriptor {
  let files: readonly Uint8Array[];
  try {
    const [first] = Object.values(loadSync(path, { keepCase: true }));
    const definition = first as { readonly fileDescriptorProtos?: unknown } | undefined;
    const ofService = Object.values(first ?? {})[0] as {
      readonly requestType?: { readonly fileDescriptorProtos?: unknown };
    };
    files = (definition?.fileDescriptorProtos ??
      ofService?.requestType?.fileDescriptorProtos ??
      []) as readonly Uint8Array[];
  } catch (thrown) {
    throw new AntiphonError(
      'usage',
      'proto-not-loaded',
      `expected a protobuf schema, came ${path}: ${messageOf(thrown)}`,
      {
        cause: thrown,
      },
    );
  }
  if (files.length !== 1)
    throw new AntiphonError(
      'usage',
      'proto-not-usable',
      `expected a protobuf schema in one file with messages in it, came ${path}: ${files.length} files`,
    );
  return readMessage(descriptorSchema, 'File', files[0]!).object as FileDescriptor;
}

function declareEnum({ enums }: Declared, scope: string, { name, value = [] }: EnumDescriptor): void {
  enums.set(joined(scope, name), {
    name,
    numbers: new Map(value.map(each => [each.name, each.number ?? 0])),
    names: new Map(value.map(each => [each.number ?? 0, each.name])),
  });
}

function declareMessage(declared: Declared, scope: string, descriptor: MessageDescriptor): void {
  const name = joined(scope, descriptor.name);
  declared.messages.set(name, { scope, descriptor });
  for (const each of descriptor.enum_type ?? []) declareEnum(declared, name, each);
  for (const each of descriptor.nested_type ?? []) declareMessage(declared, name, each);
}

const repeatedLabel = 3;

function messageFrom(declared: Declared, fullName: string, scope: string, descriptor: MessageDescriptor): ProtoMessage {
  const fields = (descriptor.field ?? []).map((field): ProtoField => {
    const entry = mapEntry(declared, fullName, field);
    const oneof = field.oneof_index === undefined ? undefined : descriptor.oneof_decl?.[field.oneof_index]?.name;
    const held = entry?.field?.find(each => each.name === 'value') ?? field;
    return {
      name: field.name,
      number: field.number,
      type: typeFrom(declared, fullName, held),
      many: entry ? 'map' : field.label === repeatedLabel ? 'list' : 'one',
      ...(oneof === undefined ? {} : { oneof }),
    };
  });
  return {
    name: fullName.slice(scopeLength(scope, fullName)),
    fields: new Map(fields.map(field => [field.name, field])),
    byNumber: new Map(fields.map(field => [field.number, field])),
  };
}

function scopeLength(scope: string, fullName: string): number {
  return fullName.startsWith(`${scope}.`) ? scope.length + 1 : 0;
}

function mapEntry(declared: Declared, fullName: string, field: FieldDescriptor): MessageDescriptor | undefined {
  const name = field.type_name === undefined ? undefined : resolve(declared.messages, fullName, field.type_name);
  const entry = name === undefined ? undefined : declared.messages.get(name)!.descriptor;
  return entry?.options?.map_entry ? entry : undefined;
}

const scalars: Readonly<Record<number, ProtoScalar>> = { 3: 'int64', 5: 'int32', 8: 'bool', 9: 'string', 12: 'bytes' };
const enumType = 14;

function typeFrom(declared: Declared, fullName: string, { name, type, type_name = '' }: FieldDescriptor): ProtoType {
  const scalar = scalars[type];
  if (scalar) return { is: scalar };
  if (type !== enumType) return { is: 'message', name: messageNamed(declared, fullName, type_name, name) };
  const of = resolve(declared.enums, fullName, type_name);
  if (of === undefined) throw unusable(declared, `${fullName}.${name}`, type_name);
  return { is: 'enum', of: declared.enums.get(of)! };
}

function messageNamed(declared: Declared, scope: string, name: string, holder: string): string {
  const found = resolve(declared.messages, scope, name);
  if (found === undefined) throw unusable(declared, `${scope}.${holder}`, name);
  return found;
}

/** A name counts from the innermost scope outwards; one with a leading dot is whole. */
function resolve(among: ReadonlyMap<string, unknown>, scope: string, name: string): string | undefined {
  if (name.startsWith('.')) return among.has(name.slice(1)) ? name.slice(1) : undefined;
  for (let left = scope; ; left = left.slice(0, Math.max(0, left.lastIndexOf('.')))) {
    const candidate = joined(left, name);
    if (among.has(candidate)) return candidate;
    if (left === '') return undefined;
  }
}

function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

function unusable({ path }: Declared, place: string, type: string): AntiphonError {
  return new AntiphonError(
    'usage',
    'proto-not-usable',
    `expected fields of the types bool, int32, int64, string, bytes, and of enums and messages of the same file, came ${place} in ${path}, of the type ${type || 'unknown'}`,
  );
}
