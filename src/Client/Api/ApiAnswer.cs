using System.Text.Json;

namespace Granary.Client.Api;

/// <summary>An answer of the silo.</summary>
/// <typeparam name="T">The read model.</typeparam>
/// <param name="Value">What the console reads of it.</param>
/// <param name="Json">The whole answer as it came, with the fields that this console does not know.</param>
public sealed record ApiAnswer<T>(T Value, JsonElement Json);
