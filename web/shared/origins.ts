/** Settings that the server or the centre's agent puts into the head of a page. */
const said = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;

/** Where the server is, also behind an agent of the centre that hands on what it has. */
export const server = said('okno-server') ?? location.origin;

/** Where visitors find the site with their telephones: this screen may be open under a name that only the hall knows. */
export const site = said('okno-site') ?? server;
