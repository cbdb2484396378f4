using Orleans.Embedded;
using Orleans.Embedded.Simulation;

namespace Granary.Orleans.Embedded.Tests.Generation;

/// <summary>Interfaces that Microsoft Orleans could not serialize keep the silo from starting.</summary>
public sealed class GrainContractTests
{
    [Theory]
    [InlineData("public class Plain { } public interface IBad : IGrainWithStringKey { Task Take(Plain value); }", "IBad.Take: parameter value", "Plain", "[GenerateSerializer]")]
    [InlineData("public class Plain { } public interface IBad : IGrainWithStringKey { Task<Plain> Give(); }", "IBad.Give: result", "Plain", "[GenerateSerializer]")]
    [InlineData("public class Plain { } public interface IBad : IGrainWithStringKey { Task Take(List<Plain[]> values); }", "IBad.Take: parameter values", "Plain", "[RegisterConverter]")]
    [InlineData("public struct Plain { } public interface IBad : IGrainWithStringKey { ValueTask Take(Plain? value); }", "IBad.Take", "Plain", "[GenerateSerializer]")]
    [InlineData("[GenerateSerializer] public class Half { [Id(0)] public int A; public int B; } public interface IBad : IGrainWithStringKey { Task Take(Half value); }", "IBad.Take", "Half.B", "[Id(n)]")]
    [InlineData("[GenerateSerializer] public class Half { [Id(0)] public int A { get; set; } public string B { get; set; } = \"\"; } public interface IBad : IGrainWithStringKey { Task Take(Half value); }", "IBad.Take", "Half.B", "[Id(n)]")]
    [InlineData("[GenerateSerializer] public class Deep { [Id(0)] public Plain[]? A; } public class Plain { } public interface IBad : IGrainWithStringKey { Task Take(Deep value); }", "IBad.Take", "member Deep.A", "Plain")]
    [InlineData("[GenerateSerializer] public class Derived : Parent { } public class Parent { } public interface IBad : IGrainWithStringKey { Task Take(Derived value); }", "IBad.Take", "base class Parent", "[GenerateSerializer]")]
    [InlineData("public interface IShape { } public interface IBad : IGrainWithStringKey { Task Take(IShape value); }", "IBad.Take", "IShape", "interface")]
    [InlineData("public interface IBad : IGrainWithStringKey { Task Take(int[,] value); }", "IBad.Take", "several dimensions", "array of arrays")]
    [InlineData("public interface IParent : IGrainWithStringKey { Task Take(Plain value); } public class Plain { } public interface IBad : IParent { }", "IBad.Take", "Plain", "[GenerateSerializer]")]
    public void A_type_that_cannot_travel_is_named(string source, string where, string what, string cure)
    {
        var assembly = GeneratorHarness.Compile(source);
        var exception = Should.Throw<GrainContractException>(() => SimulatedSilo.Start(new DeterministicScheduler(), static _ => { }, assembly));
        var problem = exception.Problems.First(text => text.Contains(where, StringComparison.Ordinal));
        problem.ShouldContain(what);
        problem.ShouldContain(cure);
        exception.Message.ShouldContain(problem);
    }

    [Fact]
    public void What_can_travel_is_accepted()
    {
        var assembly = GeneratorHarness.Compile("""
            [GenerateSerializer] public class Tree { [Id(0)] public Tree? Left; [Id(1)] public IReadOnlyList<Tree>? Children; [Id(2)] public DateTimeOffset At; [Id(3)] public Kind Kind; [NonSerialized] public int Cache; }
            public enum Kind { One }
            [GenerateSerializer] public record Pair<T>(T First, T Second);
            public class Library { }
            [GenerateSerializer] public struct LibrarySurrogate { [Id(0)] public int A; }
            [RegisterConverter] public class LibraryConverter : IConverter<Library, LibrarySurrogate>
            {
                public Library ConvertFromSurrogate(in LibrarySurrogate surrogate) => new(); public LibrarySurrogate ConvertToSurrogate(in Library value) => default;
            }
            public interface IGood : IGrainWithStringKey
            {
                Task<Pair<Tree>> A(Dictionary<string, Tree[]> map, (int, Tree)? tuple, CancellationToken token);
                ValueTask<IGood> B(IGood reference, Library library, Pair<Library?> pair); Task<Exception?> C(object any, ReadOnlyMemory<byte> bytes);
            }
            """);
        SimulatedSilo.Start(new DeterministicScheduler(), static _ => { }, assembly).IsAlive.ShouldBeTrue();
    }

    [Fact]
    public void Two_classes_of_one_grain_type_clash()
    {
        var assembly = GeneratorHarness.Compile("""
            public interface IOne : IGrainWithStringKey { Task A(); }
            [GrainType("same")] public class One : Grain, IOne { public Task A() => Task.CompletedTask; }
            [GrainType("same")] public class Two : Grain, IOne { public Task A() => Task.CompletedTask; }
            """);
        Should.Throw<GrainContractException>(() => SimulatedSilo.Start(new DeterministicScheduler(), static _ => { }, assembly)).Message.ShouldContain("\"same\"");
    }
}
