/** The globals of a service worker; the library of page types does not have them. */
interface Teller {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow(url: string): Promise<unknown> };
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: ClickEvent) => void): void;
}

interface PushEvent {
  readonly data: {
    json(): { readonly id: string; readonly title: string; readonly text: string; readonly language: string };
  } | null;
  waitUntil(work: Promise<unknown>): void;
}

interface ClickEvent {
  readonly notification: Notification;
  waitUntil(work: Promise<unknown>): void;
}

const teller = globalThis as unknown as Teller;

/** Shows what the city has to say, once for each message however often it comes. */
teller.addEventListener('push', (event) => {
  const said = event.data?.json();
  if (said === undefined) return;
  const { id, title, text, language } = said;
  event.waitUntil(teller.registration.showNotification(title, { body: text, tag: id, lang: language }));
});

teller.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(teller.clients.openWindow(`/application?lang=${event.notification.lang}`));
});
