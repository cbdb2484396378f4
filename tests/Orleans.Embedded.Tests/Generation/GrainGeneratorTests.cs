namespace Granary.Orleans.Embedded.Tests.Generation;

/// <summary>What the generator accepts and refuses.</summary>
public sealed class GrainGeneratorTests
{
    [Fact]
    public void Good_code_compiles()
    {
        GeneratorHarness.Diagnose("""
            public interface IBase : IGrainWithStringKey { Task Inherited(); }
            public interface IGood : IBase
            {
                Task A(); Task<int> B(int value); ValueTask C(string? text, CancellationToken token); ValueTask<List<int>> D(int[] @event);
                [OneWay] Task E(); void F(DateTime when); Task Overloaded(int a); Task Overloaded(string a);
                [ResponseTimeout("00:00:05"), AlwaysInterleave] Task<string?> G(string? a = null, int b = 3);
                Task Default() => A();
            }
            internal interface IInside : IGrainWithGuidKey { Task A(); }
            public static class Outer { public interface INested : IGrainObserver { void Tell(string text); } }
            public class GoodGrain : Grain, IGood
            {
                public Task Inherited() => Task.CompletedTask; public Task A() => Task.CompletedTask; public Task<int> B(int value) => Task.FromResult(value);
                public ValueTask C(string? text, CancellationToken token) => default; public ValueTask<List<int>> D(int[] @event) => default;
                public Task E() => Task.CompletedTask; public void F(DateTime when) { } public Task Overloaded(int a) => Task.CompletedTask;
                public Task Overloaded(string a) => Task.CompletedTask; public Task<string?> G(string? a, int b) => Task.FromResult(a);
            }
            """).ShouldBeEmpty();
    }

    [Fact]
    public void Serializable_types_of_every_shape_compile()
    {
        GeneratorHarness.Diagnose("""
            [GenerateSerializer] public class A { [Id(0)] private readonly int _a; [Id(1)] public string B { get; private set; } = ""; [Id(2)] public required int[] C { get; init; } }
            [GenerateSerializer] public record B(int X, string? Y) { [Id(0)] public List<string> Z { get; init; } = new(); }
            [GenerateSerializer] public sealed record C(int X) : B(X, null);
            [GenerateSerializer] public readonly record struct D(int X, int[] Y);
            [GenerateSerializer] public struct E<T> where T : class { [Id(0)] public T? Value; }
            [GenerateSerializer] public class F<TKey, TValue> where TKey : notnull { [Id(0)] public Dictionary<TKey, TValue> Map { get; } = new(); }
            [GenerateSerializer] public abstract class G { [Id(0)] public int[] Numbers = Array.Empty<int>(); }
            [GenerateSerializer] public enum H { One }
            [GenerateSerializer] public partial class I { [Id(0)] public int A; }
            public partial class I { [Id(1)] public int B; }
            public static class J { [GenerateSerializer] internal class K { [Id(0)] public K? Next; } }
            """).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("OEG001", "public interface IBad : IGrainWithStringKey { int Value { get; } }", "Value")]
    [InlineData("OEG001", "public interface IBad : IGrainWithStringKey { event Action Changed; }", "Changed")]
    [InlineData("OEG002", "public interface IBad : IGrainWithStringKey { Task A(ref int value); }", "value")]
    [InlineData("OEG002", "public interface IBad : IGrainWithStringKey { Task A(out int result); }", "result")]
    [InlineData("OEG002", "public interface IBad : IGrainWithStringKey { Task A(ReadOnlySpan<int> span); }", "span")]
    [InlineData("OEG003", "public interface IBad : IGrainWithStringKey { int A(); }", "IBad.A")]
    [InlineData("OEG003", "public interface IBad : IGrainWithStringKey { IAsyncEnumerable<int> A(); }", "IAsyncEnumerable")]
    [InlineData("OEG004", "public interface IBad : IGrainWithStringKey { Task A<T>(T value); }", "IBad.A")]
    [InlineData("OEG005", "public interface IBad<T> : IGrainWithStringKey { Task A(T value); }", "IBad<T>")]
    [InlineData("OEG006", "public interface IBad : IGrainWithStringKey { [OneWay] Task<int> A(); }", "IBad.A")]
    [InlineData("OEG007", "public interface IBad : IGrainWithStringKey { Task A(CancellationToken token, int value); }", "IBad.A")]
    [InlineData("OEG008", "public class Outer { private interface IBad : IGrainWithStringKey { Task A(); } }", "Outer.IBad")]
    [InlineData("OEG008", "public class Outer { [GenerateSerializer] private class Bad { } }", "Outer.Bad")]
    [InlineData("OEG009", "[GenerateSerializer] public class Bad { [Id(1)] public int A; [Id(1)] public int B; }", "A and B")]
    [InlineData("OEG010", "[GenerateSerializer] public class Bad { [Id(0)] public int A => 1; }", "Bad.A")]
    [InlineData("OEG011", "public interface IBad : IGrainWithStringKey { [ResponseTimeout(\"soon\")] Task A(); }", "soon")]
    [InlineData("OEG011", "public interface IBad : IGrainWithStringKey { [ResponseTimeout(\"00:00:00\")] Task A(); }", "IBad.A")]
    public void Bad_code_is_refused_by_name(string id, string source, string named)
    {
        var diagnostic = GeneratorHarness.Diagnose(source).ShouldHaveSingleItem();
        diagnostic.Id.ShouldBe(id);
        diagnostic.GetMessage().ShouldContain(named);
        diagnostic.Location.GetLineSpan().Path.ShouldBe(GeneratorHarness.SourcePath);
    }
}
