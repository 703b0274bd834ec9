import { accountFaults } from './account-faults.ts';
import { conversationFaults } from './conversation-faults.ts';
import { meFaults } from './me-faults.ts';

export type FaultName = keyof typeof faults;

export const faults = { ...accountFaults, ...meFaults, ...conversationFaults };
