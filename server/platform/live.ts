/** Passes news on within this node: whoever listens to a topic hears what is said of it after that. */
export interface Live<News> {
  listen(topic: string, listener: (news: News) => void): () => void;
  tell(topic: string, news: News): void;
}

export function openLive<News>(): Live<News> {
  const topics = new Map<string, Set<(news: News) => void>>();
  return {
    listen: (topic, listener) => {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) topics.delete(topic);
      };
    },
    tell: (topic, news) => {
      for (const listener of topics.get(topic) ?? []) listener(news);
    },
  };
}
