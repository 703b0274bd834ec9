import { accessFaults } from './access-faults.ts';
import { accountFaults } from './account-faults.ts';
import { changeFaults } from './change-faults.ts';
import { fileFaults } from './file-faults.ts';
import { getFaults } from './get-faults.ts';
import { messageFaults } from './message-faults.ts';
import { sessionFaults } from './session-faults.ts';
import { tellingFaults } from './telling-faults.ts';

export type FaultName = keyof typeof faults;

export const faults = {
  ...sessionFaults,
  ...accountFaults,
  ...getFaults,
  ...messageFaults,
  ...accessFaults,
  ...changeFaults,
  ...tellingFaults,
  ...fileFaults,
};
