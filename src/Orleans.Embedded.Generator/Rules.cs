using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>What the generator refuses, and what to do about it.</summary>
internal static class Rules
{
    private const string Category = "Orleans.Embedded";

    public static readonly DiagnosticDescriptor Property = Error("OEG001", "A grain interface has methods only",
        "{0} has the member {1}, which is not a method; a grain is called by messages, so make it a method");

    public static readonly DiagnosticDescriptor ByReference = Error("OEG002", "A parameter is passed by value",
        "Parameter {1} of {0} is passed by reference (ref, out, in or a ref struct); pass it by value and return what changes");

    public static readonly DiagnosticDescriptor ReturnType = Error("OEG003", "A grain method returns a task",
        "{0} returns {1}; a grain method returns Task, Task<T>, ValueTask, ValueTask<T> or, one-way, void");

    public static readonly DiagnosticDescriptor GenericMethod = Error("OEG004", "A grain method is not generic",
        "{0} is generic; this runtime does not support generic grain methods, so write one method per type");

    public static readonly DiagnosticDescriptor GenericInterface = Error("OEG005", "A grain interface is not generic",
        "{0} is generic; this runtime does not support generic grain interfaces, so write one interface per type");

    public static readonly DiagnosticDescriptor OneWayResult = Error("OEG006", "A one-way method has no result",
        "{0} is [OneWay] but returns {1}; a one-way method returns Task, ValueTask or void");

    public static readonly DiagnosticDescriptor Token = Error("OEG007", "A cancellation token comes last and once",
        "{0} must have at most one CancellationToken, as its last parameter");

    public static readonly DiagnosticDescriptor Hidden = Error("OEG008", "Generated code must see the type",
        "{0} is private or protected; make it and the types around it internal or public");

    public static readonly DiagnosticDescriptor SameId = Error("OEG009", "Ids are unique within a type",
        "{0} has the id {1} twice, at {2}; give each member its own");

    public static readonly DiagnosticDescriptor NotSettable = Error("OEG010", "A serialized property can be set",
        "{0} has an [Id] but neither a setter nor a field of its own; put the [Id] on what holds the data");

    public static readonly DiagnosticDescriptor Timeout = Error("OEG011", "A response timeout is a time span",
        "{0} has the response timeout \"{1}\", which is not a time span of more than 0; write it like 00:00:02");

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(id, title, message, Category, DiagnosticSeverity.Error, true);
}
