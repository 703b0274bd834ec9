import type { Built } from '../../../values/built.ts';
import type { Expression, Source, TextPart } from '../../../values/expression.ts';
import type { Pattern, PatternElement } from '../../../values/pattern.ts';
import type { Demand, Expectation, Plan, Step, Until } from '../../plan.ts';

/** A plan in a few lines that a test can spell out: one for each step, names as slots. */
export function sketchSteps(steps: readonly Step[]): string[] {
  return steps.map(step => {
    if (step.kind === 'fetch') return `fetch ${step.source} ${sketchBuilt(step.with)} -> ${step.slot}`;
    if (step.kind === 'restart') return 'restart';
    const parts = [step.clients.join('+')];
    if (step.connect) parts.push('connect');
    if (step.act?.kind === 'send') {
      parts.push(`send ${step.act.frames.map(sketchBuilt).join(', ')}`);
      if (step.act.times) parts.push(`x ${sketchBuilt(step.act.times)}`);
    } else if (step.act) parts.push(step.act.kind);
    if (step.expect) parts.push(`expect ${sketchExpectation(step.expect)}`);
    for (const { check, demand } of step.never) parts.push(`never ${check} ${sketchDemand(demand)}`);
    if (step.until) parts.push(`until ${sketchUntil(step.until)}`);
    return parts.join(' ');
  });
}

export function sketchPlan(plan: Plan): string[] {
  return sketchSteps(plan.steps);
}

function sketchUntil(until: Until): string {
  return until.kind === 'duration'
    ? sketchBuilt(until.duration)
    : `barrier ${sketchBuilt(until.barrier.send)} ${sketchExpectation(until.barrier.answer)}`;
}

function sketchExpectation(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'item': {
      const check = expectation.check === 'steps.done' ? '' : `${expectation.check} `;
      const verify = expectation.verify.map(each => ` verify ${each.check} ${sketchDemand(each.demand)}`).join('');
      return `${check}${sketchDemand(expectation.demand)}${verify}`;
    }
    case 'optional':
      return `optional(${sketchExpectation(expectation.body)})`;
    case 'repeat':
      return `repeat(${sketchExpectation(expectation.body)}, ${bound(expectation.min)}..${bound(expectation.max)})`;
    default:
      return `${expectation.kind}(${expectation.children.map(sketchExpectation).join('; ')})`;
  }
}

function bound(limit: Built | number | null): string {
  return limit === null ? '' : typeof limit === 'number' ? String(limit) : sketchBuilt(limit);
}

function sketchDemand({ frame, text, http, opened, closed, replyAt }: Demand): string {
  const parts: string[] = [];
  if (http) parts.push(`http ${http.status ? sketchPattern(http.status) : 200}`);
  if (frame) parts.push(sketchPattern(frame));
  if (text) parts.push(`text ${sketchPattern(text)}`);
  if (opened) parts.push(`opened ${opened.subprotocol ? sketchPattern(opened.subprotocol) : ''}`.trimEnd());
  if (closed) parts.push(`closed ${closed.code ? sketchPattern(closed.code) : ''}`.trimEnd());
  if (replyAt) parts.push(`@/${replyAt.join('/')}`);
  return parts.join(' ');
}

export function sketchPattern(pattern: Pattern): string {
  switch (pattern.op) {
    case 'equal':
      return JSON.stringify(pattern.value);
    case 'reference':
      return sketchExpression(pattern.expression);
    case 'text':
      return sketchText(pattern.parts);
    case 'object':
      return `{${pattern.members.map(member => `${member.name}: ${sketchPattern(member.pattern)}`).join(', ')}}`;
    case 'list':
      return `[${pattern.elements.map(sketchElement).join(', ')}]`;
    case 'set':
    case 'contains':
    case 'oneOf':
      return `${pattern.op}[${pattern.elements.map(sketchElement).join(', ')}]`;
    case 'all':
      return pattern.of.map(sketchPattern).join(' & ');
    case 'bind':
      return `as ${pattern.slot}${pattern.turn ? '@' : ''}`;
    case 'not':
      return `not ${sketchPattern(pattern.of)}`;
    default:
      return pattern.op;
  }
}

function sketchElement(element: PatternElement): string {
  return element.op === 'spread' ? `...${sketchExpression(element.expression)}` : sketchPattern(element);
}

export function sketchBuilt(built: Built): string {
  switch (built.op) {
    case 'literal':
      return JSON.stringify(built.value);
    case 'reference':
      return sketchExpression(built.expression);
    case 'text':
      return sketchText(built.parts);
    case 'object':
      return `{${built.members.map(member => `${member.name}: ${sketchBuilt(member.built)}`).join(', ')}}`;
    case 'list':
      return `[${built.elements.map(element => (element.op === 'spread' ? `...${sketchExpression(element.expression)}` : sketchBuilt(element))).join(', ')}]`;
    case 'bind':
      return `${sketchBuilt(built.of)} as ${built.slot}`;
    default:
      return built.op;
  }
}

function sketchText(parts: readonly TextPart[]): string {
  return `\`${parts.map(part => (typeof part === 'string' ? part : sketchBuilt(part))).join('')}\``;
}

function sketchExpression(expression: Expression): string {
  const terms = expression.terms.map(({ sign, source, path }, k) => {
    const before = sign < 0 ? ' - ' : k > 0 ? ' + ' : '';
    return before + [sketchSource(source), ...path].join('.');
  });
  return `<${terms.join('')}>`;
}

function sketchSource(source: Source): string {
  switch (source.from) {
    case 'constant':
      return JSON.stringify(source.value);
    case 'slot':
      return `${source.slot}${source.turn ? '@' : ''}`;
    case 'account':
      return `${source.client}.account`;
    case 'each':
      return `each(${source.of.map(sketchSource).join(' ')})`;
    case 'turn':
      return 'i';
    case 'built':
      return `(${sketchBuilt(source.built)})`;
    default:
      return source.from;
  }
}
