using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Tests.Configuration;

public sealed class OptionReferenceTests
{
    [Fact]
    public void The_reference_in_docs_is_what_the_code_says()
    {
        var file = Path.Combine(Repository.Root, "docs", "reference", "configuration.md");
        var expected = OptionReference.Markdown();
        if (Environment.GetEnvironmentVariable("GRANARY_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        File.Exists(file).ShouldBeTrue($"{file} is missing; run the tests with GRANARY_APPROVE=1");
        var differences = expected.Split('\n').Except(File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n')).ToList();
        differences.ShouldBeEmpty("run the tests with GRANARY_APPROVE=1 to bring docs/reference/configuration.md up to date");
        File.ReadAllText(file).ReplaceLineEndings("\n").Length.ShouldBe(expected.Length);
    }

    [Fact]
    public void Every_option_of_the_silo_states_the_range_that_is_enforced()
    {
        foreach (var option in OwnOptions().Where(o => OptionText.Range(o.Property) is { Length: > 0 } range && range[0] != 'a' || o.Property.IsDefined(typeof(WithinAttribute), false)))
            option.Range.ShouldBe(OptionText.Range(option.Property), option.Path);
    }

    [Fact]
    public void Every_option_of_the_silo_states_the_default_that_is_in_force()
    {
        var checkedCount = 0;
        foreach (var option in OwnOptions())
        {
            var actual = OptionReference.Text(option.DefaultValue);
            // Defaults in words ("that of the venue") belong to options that are empty until something else fills them.
            if (actual.Length == 0 || actual.Contains("Section {", StringComparison.Ordinal)) continue;
            option.Default.ShouldBe(actual, option.Path);
            checkedCount++;
        }
        checkedCount.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void Every_option_can_be_set_to_its_default()
    {
        using var bench = new ConfigurationBench();
        var args = OptionReference.All
            .Where(o => !o.Path.Contains(":N:") && OptionText.IsScalar(Nullable.GetUnderlyingType(o.Property.PropertyType) ?? o.Property.PropertyType))
            .Select(o => $"--{o.Path}={Convert.ToString(o.DefaultValue, System.Globalization.CultureInfo.InvariantCulture)}")
            .ToArray();

        args.Length.ShouldBeGreaterThan(35);
        bench.Load(args).Report().ShouldBe("");
    }

    [Fact]
    public void Values_just_outside_a_stated_range_are_refused_and_its_ends_are_accepted()
    {
        using var bench = new ConfigurationBench();
        foreach (var option in OwnOptions().Where(o => !o.Path.Contains(":N:")))
        {
            if (Attribute.GetCustomAttribute(option.Property, typeof(WithinAttribute)) is not WithinAttribute within) continue;
            var step = option.Property.PropertyType == typeof(int) ? 1 : Math.Max(1e-6, Math.Abs(within.Max) * 1e-6);
            bench.Errors($"--{option.Path}={Plain(within.Max)}").ShouldBeEmpty();
            bench.Errors($"--{option.Path}={Plain(within.Max + step)}").Count.ShouldBe(1, option.Path);
            bench.Errors($"--{option.Path}={Plain(within.IsAbove ? within.Min : within.Min - step)}").Count.ShouldBe(1, option.Path);
            if (!within.IsAbove) bench.Errors($"--{option.Path}={Plain(within.Min)}").ShouldBeEmpty();
        }
    }

    private static string Plain(double value) => ((decimal)value).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<OptionReference.Option> OwnOptions() =>
        OptionReference.All.Where(o => o.Property.DeclaringType!.Assembly == typeof(OptionText).Assembly);
}
