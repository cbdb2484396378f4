using System.Reflection;
using Orleans;

namespace Granary.Orleans.Embedded.Tests.Surface;

/// <summary>
/// Grains are written against names of Microsoft Orleans 10.4.2. What exists in its Core.Abstractions assembly, which the package feed has, must not differ
/// here; what lives in its other assemblies stands in an approved text.
/// </summary>
public sealed class SurfaceTests
{
    private const string ApprovedFile = "public-surface.approved.txt";

    private static readonly Dictionary<string, TypeSurface> s_ours = AssemblySurface.Read(typeof(Grain).Assembly.Location)
        .Where(entry => !entry.Key.StartsWith("Orleans.Embedded", StringComparison.Ordinal)).ToDictionary();

    private static readonly Dictionary<string, TypeSurface> s_theirs = AssemblySurface.Read(AbstractionsPath());

    [Fact]
    public void Nothing_differs_from_the_abstractions_of_Microsoft_Orleans() =>
        s_ours.Values.Where(type => s_theirs.ContainsKey(type.Name)).OrderBy(type => type.Name, StringComparer.Ordinal)
            .SelectMany(ours => Differences(ours, s_theirs[ours.Name])).ShouldBeEmpty();

    [Fact]
    public void What_the_feed_lacks_is_as_approved()
    {
        var lines = s_ours.Values.Where(type => !s_theirs.ContainsKey(type.Name)).SelectMany(Lines).Order(StringComparer.Ordinal).ToList();
        var path = Path.Combine(AppContext.BaseDirectory, "Surface", ApprovedFile);
        var approved = File.ReadAllLines(path).Where(line => line.Length > 0 && !line.StartsWith('#')).Order(StringComparer.Ordinal).ToList();
        var changes = lines.Except(approved).Select(line => $"+ {line}").Concat(approved.Except(lines).Select(line => $"- {line}")).ToList();
        changes.ShouldBeEmpty($"Compare with Microsoft Orleans' source, then change tests/Orleans.Embedded.Tests/Surface/{ApprovedFile}.");
    }

    [Fact]
    public void The_comparison_sees_what_it_compares()
    {
        s_theirs.Count.ShouldBeGreaterThan(200);
        s_ours.Keys.Intersect(s_theirs.Keys).Count().ShouldBeGreaterThan(30);
        s_ours["Orleans.IGrainFactory"].Members.ShouldContain(
            "public abstract !!0 GetGrain!0(None Orleans.IGrainWithStringKey)(System.String primaryKey, System.String grainClassNamePrefix = optional)");
        s_ours["Orleans.DeactivationReasonCode"].Members.ShouldContain("public const Orleans.DeactivationReasonCode ActivationIdle = 4");
        var ours = s_ours["Orleans.Runtime.IGrainTimer"];
        Differences(ours with { Header = "class" }, ours).ShouldHaveSingleItem().ShouldContain("IGrainTimer");
        Differences(ours with { Interfaces = new HashSet<string>(ours.Interfaces) { "System.ICloneable" } }, ours).ShouldHaveSingleItem().ShouldContain("ICloneable");
        Differences(ours with { Members = new HashSet<string>(ours.Members) { "public System.Void Stop()" } }, ours).ShouldHaveSingleItem().ShouldContain("Stop");
    }

    private static IEnumerable<string> Differences(TypeSurface ours, TypeSurface theirs)
    {
        if (ours.Header != theirs.Header) yield return $"{ours.Name}: \"{ours.Header}\" is \"{theirs.Header}\" there";
        foreach (var name in ours.Interfaces.Except(theirs.Interfaces)) yield return $"{ours.Name} does not implement {name} there";
        foreach (var member in ours.Members.Except(theirs.Members)) yield return $"{ours.Name} has no \"{member}\" there";
    }

    private static IEnumerable<string> Lines(TypeSurface type)
    {
        yield return $"{type.Name} {type.Header}";
        foreach (var name in type.Interfaces) yield return $"{type.Name} implements {name}";
        foreach (var member in type.Members) yield return $"{type.Name} {member}";
    }

    private static string AbstractionsPath()
    {
        var path = typeof(SurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OrleansAbstractions").Value!;
        return File.Exists(path) ? path : throw new FileNotFoundException("Microsoft.Orleans.Core.Abstractions 10.4.2 was not downloaded; restore the project again.", path);
    }
}
