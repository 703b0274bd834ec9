import type { Demand, Expectation, Item } from '../../scenario/plan.ts';
import type { Built } from '../../values/built.ts';
import type { WrittenForm } from './written-form.ts';

/** What a step expects, a line for each item; what belongs together is indented. */
export function expectationLines(expectation: Expectation, form: WrittenForm): readonly string[] {
  if (expectation.kind === 'item') return itemLines(expectation, form);
  if (expectation.kind === 'optional') return indented('perhaps:', expectationLines(expectation.body, form));
  if (expectation.kind === 'repeat') {
    const { min, max, body } = expectation;
    return indented(`${amountWords(min, max, form)}:`, expectationLines(body, form));
  }
  const inner = expectation.children.flatMap(child => expectationLines(child, form));
  return expectation.kind === 'inOrder' && expectation.children.length < 2
    ? inner
    : indented(groupWords[expectation.kind], inner);
}

export function checkedDemand(demand: Demand, check: string, form: WrittenForm): string {
  return `${form.demand(demand)}${check === 'steps.done' ? '' : ` [${check}]`}`;
}

function itemLines({ demand, check, lenient, within, notBefore, verify }: Item, form: WrittenForm): readonly string[] {
  const when = [
    ...(within ? [`within ${form.written(within.span)}`] : []),
    ...(notBefore ? [`not before ${form.written(notBefore.span)}`] : []),
    ...(lenient ? ['lenient'] : []),
  ];
  return [
    [`expects ${checkedDemand(demand, check, form)}`, ...when].join(', '),
    ...verify.map(each => `  and in it ${checkedDemand(each.demand, each.check, form)}`),
  ];
}

function amountWords(min: Built | number, max: Built | number | null, form: WrittenForm): string {
  const least = typeof min === 'number' ? String(min) : form.written(min.span);
  if (max === null) return `${least} times or more`;
  const most = typeof max === 'number' ? String(max) : form.written(max.span);
  return least === most ? `${least} times` : `${least} to ${most} times`;
}

function indented(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines.map(line => `  ${line}`)];
}

const groupWords = { inOrder: 'in this order:', anyOrder: 'in any order:', oneOf: 'one of:' } as const;
