import net from 'node:net';

/** `wanted` if nobody listens there, else a port the system gives. */
export async function freePort(wanted: number): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const probe = net.createServer().once('error', reject);
      probe.listen(port, '127.0.0.1', () => {
        const { port: given } = probe.address() as net.AddressInfo;
        probe.close(() => resolve(given));
      });
    });
  return attempt(wanted).catch(() => attempt(0));
}
