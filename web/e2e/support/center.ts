// Starts the server as a person would, and stops it as a person should not.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const WEB = resolve(import.meta.dirname, '../..');
const BINARY = resolve(WEB, process.env['CORDBOARD_BIN'] ?? '../target/release/cordboard');

/** Why the suite is skipped, or null when it can run. */
export const absent: string | null = existsSync(BINARY)
  ? null
  : `SKIPPED: there is no server at ${BINARY}. Build it (cargo build --release -p server) or set CORDBOARD_BIN.`;
if (absent !== null) console.warn(absent);

export interface User {
  email: string;
  password: string;
  role: 'agent' | 'supervisor' | 'administrator';
  agentId?: string | null;
}

interface Ready {
  url: string;
  users: User[];
  channels: { id: string; mediaType: string; address: string }[];
  tenantId: string;
  actionRequestToken: string;
}

export class Center {
  readonly #dir = mkdtempSync(join(tmpdir(), 'cordboard-e2e-'));
  #process: ChildProcess | undefined;
  #log = '';
  ready!: Ready;

  static async start(): Promise<Center> {
    const center = new Center();
    await center.#spawn('127.0.0.1:0');
    return center;
  }

  get url(): string {
    return this.ready.url;
  }

  get agent(): User {
    return this.#agents(0);
  }

  /** Another agent, for what takes two. */
  get colleague(): User {
    return this.#agents(1);
  }

  get supervisor(): User {
    return this.#first('supervisor');
  }

  get administrator(): User {
    return this.#first('administrator');
  }

  #first(wanted: User['role']): User {
    const user = this.ready.users.find(({ role }) => role === wanted);
    if (user === undefined) throw new Error(`the demo has no ${wanted}`);
    return user;
  }

  #agents(index: number): User {
    const user = this.ready.users.filter(({ role }) => role === 'agent')[index];
    if (user === undefined) throw new Error('the demo has too few agents');
    return user;
  }

  /** Ends the process with the signal and starts it again: same data, same port. */
  async restart(signal: 'SIGTERM' | 'SIGKILL', between?: () => Promise<void>): Promise<void> {
    const { host } = new URL(this.url);
    await this.#end(signal);
    await between?.();
    await this.#spawn(host);
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** What the server wrote, for checks that something must never be written. */
  get log(): string {
    return this.#log;
  }

  async #spawn(listen: string): Promise<void> {
    const readyFile = join(this.#dir, 'ready.json');
    rmSync(readyFile, { force: true });
    const flags = ['serve', '--demo', '--data-dir', join(this.#dir, 'data'), '--listen', listen];
    const child = spawn(BINARY, [...flags, '--ready-file', readyFile], { stdio: 'pipe' });
    child.stdout.on('data', (chunk) => {
      this.#log += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      this.#log += String(chunk);
    });
    this.#process = child;
    const until = Date.now() + 30_000;
    while (!existsSync(readyFile) || readFileSync(readyFile, 'utf8') === '') {
      if (child.exitCode !== null) throw new Error(`the server ended:\n${this.#log}`);
      if (Date.now() > until) throw new Error(`the server is not ready:\n${this.#log}`);
      await new Promise((wake) => setTimeout(wake, 20));
    }
    this.ready = JSON.parse(readFileSync(readyFile, 'utf8')) as Ready;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((wake) => child.once('exit', wake));
    child.kill(signal);
    await gone;
  }
}
