/** For tests of this room: plans of the smallest kind. */
import type { Plan } from '../scenario/plan.ts';
import type { Execution } from './selection.ts';

const span = { file: 'toy/a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };

export interface PlanShape {
  readonly id?: string;
  readonly clients?: number;
  readonly accounts?: number;
  readonly exclusive?: boolean;
  readonly tags?: readonly string[];
  readonly needs?: readonly string[];
  readonly sources?: readonly string[];
  readonly restarts?: boolean;
}

export function planOf({
  id = 'toy/a',
  clients = 1,
  accounts = 0,
  exclusive = false,
  tags = [],
  needs = [],
  sources = [],
  restarts = false,
}: PlanShape): Plan {
  return {
    id,
    pack: 'toy',
    scenario: 'toy/a.yaml',
    title: `What ${id} does`,
    transport: 'lines',
    tags,
    needs,
    sources,
    restarts,
    exclusive,
    timeoutUs: 60e6,
    clients: Array.from({ length: clients }, (_, k) => ({
      name: `c${k}`,
      actor: 'connected',
      transport: 'lines',
      account: k < accounts,
      ignore: [],
      span,
    })),
    steps: [],
    finally: [],
    foreign: [],
    sourceTexts: {},
    span,
  };
}

export function executionOf(x: number, shape: PlanShape): Execution {
  const plan = planOf({ id: `toy/${x}`, ...shape });
  return { x, id: plan.id, plan, repetition: 1 };
}
