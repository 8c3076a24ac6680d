// The page's two ways to the console: fetch by name, and say a word with numbers.

/** Tell the console something; its vocabulary is closed and takes numbers only. */
export function say(word, ...numbers) {
  return fetch(['/say', word, ...numbers].join('/'), { method: 'POST' }).catch(() => {});
}

export async function loadBytes(answer) {
  const response = await answer;
  if (!response.ok) throw new Error('no data');
  return response.arrayBuffer();
}

export async function loadJson(answer) {
  const response = await answer;
  if (!response.ok) throw new Error('no data');
  return response.json();
}

export const fetchData = (name) => fetch(`/data/${name}`);
