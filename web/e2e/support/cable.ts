// A network cable between the browser and the server that a test can pull out and put back.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class Cable {
  readonly #sockets = new Set<Socket>();
  #pulled = false;

  private constructor(
    readonly url: string,
    readonly server: Server,
  ) {}

  static async lay(to: string): Promise<Cable> {
    const { hostname, port } = new URL(to);
    const server = createServer((near) => cable.#join(near, connect(Number(port), hostname)));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port: ownPort } = server.address() as AddressInfo;
    const cable = new Cable(`http://127.0.0.1:${ownPort}`, server);
    return cable;
  }

  /** Every connection breaks, and no new one is made. */
  pull(): void {
    this.#pulled = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  putBack(): void {
    this.#pulled = false;
  }

  remove(): void {
    this.pull();
    this.server.close();
  }

  #join(near: Socket, far: Socket): void {
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    if (this.#pulled) near.destroy();
  }
}
