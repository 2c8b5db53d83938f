/** Replaced when the program is built (`compiler.define` in next.config.mjs), so that static pages know their address. */
declare const __SITE_ORIGIN__: string;

/** Where the public pages live, without a slash at the end. */
export const siteOrigin: string = __SITE_ORIGIN__;
