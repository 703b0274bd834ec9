import { text } from '../documents/scalar-shapes.ts';
import { bare, mapped, problem, type Shape } from '../documents/shape.ts';
import { type Pointer, parsePointer } from './pointer.ts';

const expected = 'a JSON Pointer such as /message/body';

/** A JSON Pointer; `*` stands for every member where the reader allows it. */
export const pointer: Shape<Pointer> = mapped(
  bare(text({ expected, pattern: /^(\/|$)/, examples: ['/message/body'] })),
  (value, node, report) => {
    const members = parsePointer(value);
    if (members === undefined) {
      report(
        problem(
          'bad-pointer',
          `expected ${expected}, came ${JSON.stringify(value)}`,
          node.span,
          'write ~0 for ~ and ~1 for / in a member name',
        ),
      );
    }
    return members;
  },
);
