using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);
