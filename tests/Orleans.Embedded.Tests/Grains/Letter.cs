using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public sealed record Letter(string Title, List<string> Lines, [property: Id(5)] int[]? Marks = null);
