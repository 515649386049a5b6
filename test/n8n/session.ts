import { setTimeout as delay } from 'node:timers/promises';

import { ask } from '../ask';

/** The first user of an instance; a local address, not a secret. */
export const owner = {
	email: 'owner@example.com',
	password: 'OneCodex-1',
	firstName: 'Owner',
	lastName: 'Example',
};

/** Somebody who is logged in to an n8n. */
export class Session {
	constructor(
		/** Another one after a new start of the n8n. */
		public url: string,
		/** As a browser would send it. */
		private cookie = '',
	) {}

	get loggedIn(): string {
		return this.cookie;
	}

	/** Makes the owner, or logs in when there already is one. */
	async logIn(): Promise<void> {
		const made = await this.send('POST', '/owner/setup', owner);
		if (made.ok) return;
		const { email, password } = owner;
		const answer = await this.send('POST', '/login', { emailOrLdapLoginId: email, password });
		if (!answer.ok) throw new Error(`n8n refused the log-in of ${email}: ${await answer.text()}`);
	}

	/** @throws Error with n8n's words when it refuses */
	protected async call<T>(method: string, path: string, body?: object): Promise<T> {
		let answer = await this.send(method, path, body);
		// While its database is busy, with a large file for instance, n8n turns everybody away.
		for (let tries = 0; answer.status === 503 && tries < 60; tries++) {
			await delay(1_000);
			answer = await this.send(method, path, body);
		}
		if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
		return ((await answer.json()) as { data: T }).data;
	}

	private async send(method: string, path: string, body?: object): Promise<Response> {
		const answer = await ask(`${this.url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			body: body && JSON.stringify(body),
		});
		const cookies = answer.headers.getSetCookie();
		if (cookies.length > 0) this.cookie = cookies.map((each) => each.split(';')[0]).join('; ');
		return answer;
	}
}
