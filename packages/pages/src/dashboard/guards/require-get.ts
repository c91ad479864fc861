import type { MiddlewareHandler } from 'hono';

/** The dashboard only reads. */
export function requireGet(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
    return context.text('Only GET is answered here.\n', 405, { Allow: 'GET, HEAD' });
  };
}
