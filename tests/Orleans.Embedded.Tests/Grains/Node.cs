using System.Collections.Immutable;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Grains;

[GenerateSerializer]
public class Node
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public Node? Next { get; set; }

    [Id(2)]
    private int[] _numbers = [];

    [NonSerialized]
    public int NotCarried = 7;

    public int[] Numbers
    {
        get => _numbers;
        set => _numbers = value;
    }
}
