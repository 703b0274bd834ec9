import { list } from '../documents/list-shapes.ts';
import { object, optional, required } from '../documents/object-shape.ts';
import { oneOf } from '../documents/scalar-shapes.ts';
import { literalMap } from './literal.ts';

/** Where the accounts of a target come from, in a target file and in a configuration of the bundled server. */
export const accountsShape = object(
  {
    mode: required(
      oneOf('register', 'list', 'token'),
      'register: the run makes them; list: these; token: any token is one.',
    ),
    list: optional(list(literalMap, { min: 1 }), 'Account data.'),
  },
  { expected: 'the accounts' },
);
