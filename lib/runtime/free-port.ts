import net from 'node:net';
import { SetupError } from '@/prisma/setup-error';

function listen(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(port, host, () => {
      const { port: given } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(given));
    });
  });
}

/** `wanted` if nobody listens there on the loopback, else a port the system gives. */
export async function freePort(wanted: number): Promise<number> {
  return listen(wanted, '127.0.0.1').catch(() => listen(0, '127.0.0.1'));
}

/**
 * Makes sure that this process could listen there. `localhost` means both loopbacks to a browser, so a program
 * on the other one counts too: people would land there.
 * @throws SetupError naming the setting to change
 */
export async function refuseTakenPort(setting: string, port: number, host: string): Promise<void> {
  const hosts = host === '127.0.0.1' ? [host, '::1'] : [host];
  for (const one of hosts) {
    try {
      await listen(port, one);
    } catch (error) {
      const reason = explain((error as NodeJS.ErrnoException).code, port, one, setting);
      if (one === '::1' && !reason?.includes('in use')) continue;
      throw reason === undefined ? error : new SetupError(reason);
    }
  }
}

function explain(code: string | undefined, port: number, host: string, setting: string) {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program: stop it, or set ${setting} to another port.`;
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user: set ${setting} to a port above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `SAAS_HOST ${host} is not an address of this machine.`;
  return undefined;
}
