import { AntiphonError, type FaultOf, messageOf } from '../../foundation/errors.ts';

/** An error in a form that can be told to the controller. What is none of our own errors is a defect of ours. */
export function brokenBy(thrown: unknown): {
  readonly faultOf: FaultOf;
  readonly code: string;
  readonly message: string;
} {
  if (thrown instanceof AntiphonError) {
    const { faultOf, code, message } = thrown;
    return { faultOf, code, message };
  }
  return { faultOf: 'ours', code: 'load-broken', message: messageOf(thrown) };
}
