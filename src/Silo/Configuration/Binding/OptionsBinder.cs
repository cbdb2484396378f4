using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Granary.Silo.Configuration.Binding;

/// <summary>
/// Fills option records from configuration and says everything that is wrong at once: unknown names, values that do not parse, values out of range.
/// </summary>
/// <remarks>
/// The framework's binder stops at the first wrong value, and names neither the allowed range nor an unknown key. Records of other projects carry no
/// attributes; they are checked through their own Validate method, one option at a time, so that each wrong one is named.
/// </remarks>
public sealed class OptionsBinder(string folder)
{
    private const int ListEntriesMax = 1_000;

    private readonly List<OptionError> _errors = [];
    private bool _isPartial;

    /// <summary>What was wrong so far.</summary>
    public IReadOnlyList<OptionError> Errors => _errors;

    /// <summary>Makes a record from its defaults and a section.</summary>
    /// <typeparam name="T">An options record with settable properties and a constructor without parameters.</typeparam>
    public T Bind<T>(IConfiguration section)
        where T : class => (T)Bind(typeof(T), section, "");

    /// <summary>Makes a record from another one and what a section says differently.</summary>
    /// <typeparam name="T">An options record with settable properties and a constructor without parameters.</typeparam>
    public T BindOnto<T>(T start, IConfiguration section, string path)
        where T : class => (T)Bind(typeof(T), section, path, start);

    private object Bind(Type type, IConfiguration section, string path, object? start = null)
    {
        var target = Activator.CreateInstance(type)!;
        if (start is not null) Copy(start, target);
        var properties = OptionProperties.Of(type);
        var children = section.GetChildren().ToDictionary(c => c.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var key in children.Keys.Where(k => !properties.Any(p => p.Name.Equals(k, StringComparison.OrdinalIgnoreCase))))
        {
            // The root is shared with other frameworks' settings; the loader judges its names.
            if (path.Length > 0) Unknown(Join(path, key), properties);
        }
        foreach (var property in properties)
        {
            children.TryGetValue(property.Name, out var child);
            BindProperty(target, property, child, Join(path, property.Name));
        }
        CheckRecord(target, path, properties.Where(p => children.ContainsKey(p.Name)));
        return target;
    }

    private void BindProperty(object target, PropertyInfo property, IConfigurationSection? section, string path)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (OptionText.IsScalar(type)) BindScalar(target, property, type, section, path);
        else if (OptionProperties.EntryType(type) is { } entryType) BindList(target, property, entryType, section, path);
        else if (property.IsDefined(typeof(InheritsAttribute))) BindUnchecked(target, property, type, section, path);
        else property.SetValue(target, Bind(type, section ?? Nothing, path, property.GetValue(target)));
    }

    /// <summary>Without the values that are inherited, which are not known yet, records cannot be checked as a whole: <see cref="BindOnto"/> does.</summary>
    private void BindUnchecked(object target, PropertyInfo property, Type type, IConfigurationSection? section, string path)
    {
        _isPartial = true;
        property.SetValue(target, Bind(type, section ?? Nothing, path, property.GetValue(target)));
        _isPartial = false;
    }

    private static void Copy(object from, object to)
    {
        foreach (var property in OptionProperties.Of(from.GetType())) property.SetValue(to, property.GetValue(from));
    }

    private void BindScalar(object target, PropertyInfo property, Type type, IConfigurationSection? section, string path)
    {
        if (section?.GetChildren().Any() == true) Add(path, $"{path} takes one value, not a section with {section.GetChildren().First().Key}");
        else if (section?.Value is { } text) Set(target, property, type, text, path);
        if (property.IsDefined(typeof(FilePathAttribute)) && property.GetValue(target) is string { Length: > 0 } file)
            property.SetValue(target, Path.GetFullPath(file, folder));
    }

    private void Set(object target, PropertyInfo property, Type type, string text, string path)
    {
        if (text.Length == 0 && Nullable.GetUnderlyingType(property.PropertyType) is not null)
        {
            property.SetValue(target, null);
            return;
        }
        if (!OptionText.TryParse(type, text, out var value) || !IsAllowed(property, ref value)) Wrong(path, text, OptionText.Range(property));
        else property.SetValue(target, value);
    }

    private static bool IsAllowed(PropertyInfo property, ref object? value)
    {
        if (property.GetCustomAttribute<WithinAttribute>() is { } within)
        {
            var number = Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
            return number <= within.Max && (within.IsAbove ? number > within.Min : number >= within.Min);
        }
        if (property.GetCustomAttribute<MatchesAttribute>() is { } matches) return Regex.IsMatch((string)value!, $"^(?:{matches.Pattern})$", RegexOptions.CultureInvariant);
        if (property.GetCustomAttribute<OneOfAttribute>() is not { } oneOf || value is not string word) return true;
        value = oneOf.Values.FirstOrDefault(v => v.Equals(word, StringComparison.OrdinalIgnoreCase));
        return value is not null;
    }

    private void BindList(object target, PropertyInfo property, Type entryType, IConfigurationSection? section, string path)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(entryType))!;
        var children = section?.GetChildren().Take(ListEntriesMax + 1).ToList() ?? [];
        if (children.Count > ListEntriesMax)
        {
            Add(path, $"{path} has more than {ListEntriesMax} entries");
            return;
        }
        if (string.IsNullOrWhiteSpace(section?.Value) && children.Count == 0)
        {
            // Nothing was configured: the defaults stand, with their file names made absolute.
            if (!OptionText.IsScalar(entryType)) return;
            CheckCount(property, ((IEnumerable)property.GetValue(target)!).Cast<object>().Count(), path);
            return;
        }
        if (OptionText.IsScalar(entryType)) FillScalars(list, property, entryType, section!, children, path);
        else FillRecords(list, entryType, section!, children, path);
        property.SetValue(target, list);
        CheckCount(property, list.Count, path);
    }

    private void FillScalars(IList list, PropertyInfo property, Type entryType, IConfigurationSection section, List<IConfigurationSection> children, string path)
    {
        var texts = string.IsNullOrWhiteSpace(section.Value) ? children.Select(c => (c.Path, Text: c.Value ?? "")) : Split(section.Value).Select(t => (path, t));
        foreach (var (at, text) in texts)
        {
            if (!OptionText.TryParse(entryType, text, out var value) || !IsAllowed(property, ref value))
                Wrong(at, text, property.IsDefined(typeof(OneOfAttribute)) || property.IsDefined(typeof(MatchesAttribute)) ? OptionText.Range(property) : OptionText.Range(entryType));
            else if (list.Contains(value)) Add(at, $"{at} was '{text}', which is in the list already");
            else list.Add(value);
        }
    }

    private void FillRecords(IList list, Type entryType, IConfigurationSection section, List<IConfigurationSection> children, string path)
    {
        // Records of other projects carry no attributes: their first option names the entry.
        var options = OptionProperties.Of(entryType);
        var key = options.SingleOrDefault(p => p.IsDefined(typeof(EntryKeyAttribute))) ?? options[0];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<IConfiguration> entries = children;
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            entries = Split(section.Value).Select(name =>
                (IConfiguration?)children.FirstOrDefault(c => name.Equals(c[key.Name], StringComparison.OrdinalIgnoreCase))
                ?? new ConfigurationBuilder().AddInMemoryCollection([new(key.Name, name)]).Build());
        }
        var index = 0;
        foreach (var entry in entries)
        {
            var at = entry is IConfigurationSection child ? child.Path : $"{path}:{index}";
            index++;
            var name = entry[key.Name];
            if (string.IsNullOrWhiteSpace(name)) Add($"{at}:{key.Name}", $"{at}:{key.Name} is missing; allowed is {OptionText.Range(key)}");
            else if (!seen.Add(name)) Add($"{at}:{key.Name}", $"{at}:{key.Name} was '{name}', which is in the list already");
            list.Add(Bind(entryType, entry, at));
        }
    }

    private void CheckCount(PropertyInfo property, int count, string path)
    {
        if (property.GetCustomAttribute<EntriesAttribute>() is { } entries && (count < entries.Min || count > entries.Max))
            Add(path, $"{path} has {count} entries; allowed is {OptionText.Range(property)}");
    }

    /// <summary>Runs a foreign record's Validate for all options together; when it complains, once for each configured one on its own, so that each wrong one is named.</summary>
    private void CheckRecord(object target, string path, IEnumerable<PropertyInfo> configured)
    {
        if (_isPartial || target.GetType().GetMethod("Validate", Type.EmptyTypes) is not { } validate) return;
        if (Complaint(validate, target) is not { } whole) return;
        var before = _errors.Count;
        foreach (var property in configured)
        {
            var alone = Activator.CreateInstance(target.GetType())!;
            property.SetValue(alone, property.GetValue(target));
            if (Complaint(validate, alone) is { } message && message.StartsWith(property.Name + " ", StringComparison.Ordinal))
                Add(Join(path, property.Name), Join(path, message));
        }
        if (_errors.Count == before) Add(path, Join(path, whole));
    }

    private static string? Complaint(MethodInfo validate, object target)
    {
        try
        {
            validate.Invoke(target, null);
            return null;
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException wrong)
        {
            var suffix = wrong.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
            return suffix < 0 ? wrong.Message : wrong.Message[..suffix];
        }
    }

    private void Unknown(string path, IReadOnlyList<PropertyInfo> properties)
    {
        var name = path[(path.LastIndexOf(':') + 1)..];
        var guess = Spelling.Nearest(name, properties.Select(p => p.Name));
        // The value is left out: a key that is not an option may well be a secret in the wrong place.
        Add(path, guess is null
            ? $"{path} is not an option; known here are {string.Join(", ", properties.Select(p => p.Name))}"
            : $"{path} is not an option; did you mean {guess}?");
    }

    private void Wrong(string path, string text, string range) =>
        Add(path, range.Length > 0 ? $"{path} was '{text}'; allowed is {range}" : $"{path} was '{text}', which cannot be read");

    private void Add(string path, string message) => _errors.Add(new OptionError(path, message));

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private static IConfiguration Nothing { get; } = new ConfigurationBuilder().Build();
}
