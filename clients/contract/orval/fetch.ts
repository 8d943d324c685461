// What the generated functions send their requests with: the server's address is that of the command line.

const base = process.argv[2] ?? "";

export async function request<T>(path: string, options: RequestInit): Promise<T> {
  const response = await fetch(base + path, options);
  const text = await response.text();
  const type = response.headers.get("Content-Type") ?? "";
  const data: unknown = type.includes("json") && text ? JSON.parse(text) : text;
  return { status: response.status, data, headers: response.headers } as T;
}
