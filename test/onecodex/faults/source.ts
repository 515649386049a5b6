import type { RecordedRequest } from '../types';
import { candidatesFor } from './candidates';
import type { Fault, FaultSchedule } from './types';

/** One schedule, asked by every listener of the stand-in. */
export class FaultSource {
	private asked = 0;

	constructor(private readonly schedule: FaultSchedule = () => undefined) {}

	/**
	 * The fault for a request, which is entered in its record; `except` names a kind to leave out.
	 *
	 * @throws Error for a fault that the request cannot have: a test that waits for it would prove nothing.
	 */
	draw(record: RecordedRequest, except?: Fault['kind']): Fault | undefined {
		const { side, method, path } = record;
		const request = { side, method, path, index: this.asked++ };
		const fault = this.schedule(request);
		if (!fault || fault.kind === except) return undefined;
		if (!candidatesFor(request).some(({ kind }) => kind === fault.kind)) {
			throw new Error(`The fault ${fault.kind} does not apply to ${side} ${method} ${path}`);
		}
		record.fault = fault.kind;
		return fault;
	}
}
