import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const SELF = "'self'";
const NONE = "'none'";

/** Pages load style and script from here alone, run nothing that stands in them, and are kept nowhere. */
export function securityHeaders(): MiddlewareHandler {
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: [NONE],
      styleSrc: [SELF],
      // Charts give their texts a font so.
      styleSrcAttr: ["'unsafe-inline'"],
      scriptSrc: [SELF],
      connectSrc: [SELF],
      imgSrc: ['data:'],
      formAction: [SELF],
      baseUri: [NONE],
      frameAncestors: [NONE],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    // It is served without TLS, from the own machine.
    strictTransportSecurity: false,
  });
  return async (context, next) => {
    context.header('Cache-Control', 'no-store');
    return secure(context, next);
  };
}
