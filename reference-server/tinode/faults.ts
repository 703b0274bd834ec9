import { accessFaults } from './access-faults.ts';
import { changeFaults } from './change-faults.ts';
import { getFaults } from './get-faults.ts';
import { messageFaults } from './message-faults.ts';
import { sessionFaults } from './session-faults.ts';
import { tellingFaults } from './telling-faults.ts';

export type FaultName = keyof typeof faults;

export const faults = {
  ...sessionFaults,
  ...getFaults,
  ...messageFaults,
  ...accessFaults,
  ...changeFaults,
  ...tellingFaults,
};
