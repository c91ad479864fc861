import type { MiddlewareHandler } from 'hono';

/** A page of others whose name was turned to this machine's address is refused: its requests name another host. */
export function requireHost(isOurs: (host: string) => boolean): MiddlewareHandler {
  return async (context, next) => {
    if (isOurs(context.req.header('host') ?? '')) return next();
    return context.text('Misdirected request: this server does not answer under that name.\n', 421);
  };
}
